# Stage one has pip and the build backend; the second gets only Python and the finished environment.
FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /opt/build \
 && /opt/build/bin/pip install --no-cache-dir --no-deps --require-hashes --only-binary=:all: -r requirements-build.lock \
 && python -m venv /opt/tradebot \
 && /opt/tradebot/bin/pip install --no-cache-dir --no-deps --require-hashes --only-binary=:all: -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY src ./src
COPY knowledge ./knowledge
COPY templates ./templates
RUN /opt/build/bin/hatchling build -t wheel \
 && /opt/tradebot/bin/pip install --no-cache-dir --no-deps --no-index dist/*.whl \
 && /opt/tradebot/bin/tradebot ask "deficit with Vietnam" \
 && /opt/tradebot/bin/pip uninstall --yes pip

FROM python:3.12-slim
# git: following the knowledge repository, where there is one
RUN apt-get update \
 && apt-get install --yes --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/*
RUN python -m pip uninstall --yes --quiet --root-user-action=ignore pip \
 && rm -rf /usr/local/lib/python3.12/ensurepip \
 && install -d -o 10001 -g 10001 -m 0700 /state
COPY --from=build /opt/tradebot /opt/tradebot
ENV PATH=/opt/tradebot/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    TRADEBOT_STATE=/state
# The one place that is written to; with --read-only give it a volume or a tmpfs.
VOLUME /state
USER 10001:10001
# Says nothing where no status port is open.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD [ -z "$TRADEBOT_STATUS" ] || tradebot health
WORKDIR /state
ENTRYPOINT ["tradebot"]
CMD ["bot"]
