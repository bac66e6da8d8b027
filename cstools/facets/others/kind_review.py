"""Two who read each other's work: what is shown, what is found, what is mended."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow

_ENDS = "loose ends"


def kind_review() -> StockFlow:
    """Return a piece of work with loose ends, a writer who shows it, and a reader who answers.

    Story
    -----
    Two buddies read each other's portfolio once a month. What the reader finds can be mended, but
    only on pages that are shown; and how much is shown depends on how the last answer felt.

    Behaviour over time
    -------------------
    What is shown moves towards how kind the answers are. New pages bring loose ends at a steady
    pace, reading takes away what is both shown and seen. So the loose ends come to rest at
    new / (sharpness × kindness): 6 / (0.5 × 0.8) = 15. A reader who sees nearly everything and is
    harsh, 0.9 and 0.3, leaves 22; a kind one who says nothing definite, 0.1 and 1, leaves 60.

    Where to intervene
    ------------------
    At both, for they multiply: the gain from more of one is small where the other is small. And at
    how soon the next reading comes.

    How it can mislead
    ------------------
    Kindness and sharpness are no measures, and people are not so simple: some show everything to a
    harsh reader. A team in which mistakes may be seen learns more, which is an association
    [Edmondson1999]_, not this equation.

    References
    ----------
    Kind, specific, helpful as what critique among learners should be: [Berger2003]_. Safety and
    learning in teams: [Edmondson1999]_. Equations and numbers are this project's own.
    """
    work = StockFlow("Two who read", stop=24, dt=0.0625, time_units="month",
                     evidence="illustrative")  # fmt: skip
    work.doc = "Loose ends in a piece of work that is shown to a reader."
    work.stock(_ENDS, 30, "ends", "What is unclear, missing or not yet true.", between=(0, 60))
    work.stock("shown", 0.5, "share", "What part of the work the reader gets to see.")
    work.flow("new pages", "loose ends of new pages", into=_ENDS, units="ends/month",
              doc="What comes in with what is newly written.")  # fmt: skip
    work.flow("mending", "sharpness * shown * loose_ends", out_of=_ENDS, units="ends/month",
              doc="What was shown and seen, and is put right.")  # fmt: skip
    work.flow("opening", "kindness * (1 - shown) / how_soon", into="shown", units="share/month",
              doc="A good answer lets more be shown.")  # fmt: skip
    work.flow("closing", "(1 - kindness) * shown / how_soon", out_of="shown", units="share/month",
              doc="An answer that stings lets less be shown.")  # fmt: skip
    work.constant("loose ends of new pages", 6, "ends/month", "So many come in.", (0, 12))
    work.constant("sharpness", 0.5, "1/month", "How much of what is shown is seen.", (0.1, 1))
    work.constant("kindness", 0.8, "share", "How the answers feel to the writer.", (0.1, 1))
    work.constant("how soon", 2, "month", "How fast trust follows the answers.", (0.5, 6))
    return work
