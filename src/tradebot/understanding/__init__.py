"""Understanding: a message becomes a Query, or a reason why it does not.

    message ─ text ─▶ tokens ─ lexicon, spelling, marks ─▶ marks ─ framing ─▶ Frame ─ choosing ─▶ intent ─ filling ─▶ Query
                          times, quantities, amounts, roles, sides ──┘           └─ refusing ─▶ NotUnderstood

`reader` is the door. `followup` gives a fragment what the turn before had; `thresholds` holds every number that
decides whether to answer; `suggesting` completes names while somebody types.
"""
