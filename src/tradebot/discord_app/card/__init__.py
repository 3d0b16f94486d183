"""The card: a Reply as a message, and what can be tapped on it; the whole state of an item is its id.

Reply ─▶ message ─┬▶ layout (columns, limits)                    words
                  ├▶ controls (menus, changes, pages, codec)     what can be tapped
                  └▶ charts                                      pictures
"""
