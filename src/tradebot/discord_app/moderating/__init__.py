"""Moderating: `/knowledge`, for the people whom the operator names, and for nobody else.

    command, form, button ─▶ rights ─▶ Workshop (curation, off the event loop) ─▶ pages of text, for the moderator alone

Whatever arrives is checked for rights again: a button's or a form's custom_id is only a request.
"""
