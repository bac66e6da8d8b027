"""The shared pond with a council: what could be agreed on are sliders that begin at 0."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow

_PART, _A_BOAT = "share", "coins/boat/year"
_DEAREST = 0.4  # how far a slider goes


def pond_council() -> StockFlow:
    """Return the shared pond where it has come to rest, and what a council could try there.

    Story
    -----
    The families of a bay have ended where anyone may fish: 400 tonnes, 60 boats, and a boat earns
    just what it costs. Now a council meets. Wider meshes, more reeds, an agreement: what should a
    year's effort go into?

    Behaviour over time
    -------------------
    With every slider at 0 nothing moves. Wider meshes, more reeds and hiding places change how
    many fish there are, and boats come until again nothing is left over: beyond the costs all
    boats together earn 0 in the end, whatever these numbers are. How readily boats come and go
    changes nothing at rest. Only where the decision itself changes is something left: with a fifth
    of the neighbours' loss counted 2,500 coins a year, with a fifth fewer boats 2,880, with a fifth
    more than the cost as enough 2,080, and with a number of boats that is revised year by year
    4,500, the most that there is.

    Where to intervene
    ------------------
    That is the question; :mod:`cstools.facets.world.pond_places` asks it of each slider.

    How it can mislead
    ------------------
    A slider is no person: that families count their neighbours' loss, or keep an agreement, is
    assumed here and not explained. The same share of each is our measure of effort, and no other.

    References
    ----------
    The pond: [Gordon1954]_ and [Schaefer1954]_. The kinds of places: [Meadows1999]_. What the
    council may try, and all numbers, are made for teaching.
    """
    pond = StockFlow("A council at the pond", stop=80, dt=0.125, time_units="year",
                     evidence="illustrative")  # fmt: skip
    pond.doc = "A pond at rest where anyone may fish, and what a council could change there."
    _water(pond)
    _boats(pond)
    _agreement(pond)
    _numbers(pond)
    return pond


def _water(pond: StockFlow) -> None:
    at_rest = "(1 - lost in a drought) * cost of a boat / (price * share a boat catches)"
    pond.stock("fish", at_rest, "tonnes", "What lives in the pond.", non_negative=True)
    pond.flow("new fish", "growth rate * fish * (1 - fish / feeding ground)", into="fish",
              units="tonnes/year", doc="Young beyond deaths.")  # fmt: skip
    pond.auxiliary("feeding ground", "room * (1 + more_reeds)", "tonnes", "What the pond can feed.")
    hidden = "MAX(fish - hiding_places * feeding_ground, 0)"
    pond.auxiliary("within reach", hidden, "tonnes", "The fish that a net can come to.")
    pond.auxiliary("share caught", "share_a_boat_catches * (1 - wider_meshes)", "share/boat/year",
                   "What part of the fish within reach one boat catches in a year.")  # fmt: skip
    pond.flow("catch", "share_caught * fleet * within_reach", out_of="fish", units="tonnes/year",
              doc="What the boats bring home.")  # fmt: skip


def _boats(pond: StockFlow) -> None:
    thinned = "cost_of_a_boat / (price * share_a_boat_catches * room)"
    now = f"growth_rate / share_a_boat_catches * (1 - {thinned})"
    pond.stock("fleet", now, "boats", "How many boats go out.", non_negative=True)
    earned = "price * share_caught * within_reach - cost_of_a_boat"
    pond.auxiliary("profit per boat", earned, _A_BOAT, "What a boat earns beyond its cost.")
    loss = "price * share_caught ^ 2 * fleet * feeding_ground / growth_rate"
    pond.auxiliary("loss to the others", loss, _A_BOAT,
                   "What one boat more costs the others, once the fish have answered.")  # fmt: skip
    seems = "profit_per_boat - neighbours_counted * loss_to_the_others - enough * cost_of_a_boat"
    pond.auxiliary("attraction", seems, _A_BOAT, "What speaks for one boat more.")
    ready = "boats_follow * (1 + sooner) / (1 + slower_to_start)"
    coming = f"MIN({ready} * MAX(attraction, 0) * fleet, free_places)"
    pond.flow("boats joining", coming, into="fleet", units="boats/year",
              doc="More go out while it attracts and a place is free.")  # fmt: skip
    going = "boats_follow * (1 + sooner) * (1 + quicker_to_stop) * MAX(-attraction, 0) * fleet"
    pond.flow("boats leaving", f"{going} + beyond_the_places", out_of="fleet", units="boats/year",
              doc="Some stop while it does not, or where too many go out.")  # fmt: skip
    pond.auxiliary("earned together", "price * catch - cost_of_a_boat * fleet", "coins/year",
                   "What all boats together earn beyond their costs.")  # fmt: skip


def _agreement(pond: StockFlow) -> None:
    """Add a number of places for boats; 1,000 of them are as good as no rule."""
    first = "if boats given up + rule revised > 0 then (1 - boats given up) * init(fleet) else 1000"
    pond.stock("places", first, "boats", "For how many boats there is a place.", non_negative=True)
    pond.auxiliary("free places", "MAX(places - fleet, 0) / a_year", "boats/year",
                   "The places that are free, each year.")  # fmt: skip
    pond.auxiliary("beyond the places", "MAX(fleet - places, 0) / a_year", "boats/year",
                   "Boats that have no place, each year.")  # fmt: skip
    pond.auxiliary("gain for all", "profit_per_boat - loss_to_the_others", _A_BOAT,
                   "What one boat more brings everybody, itself included.")  # fmt: skip
    pond.flow("revision", "rule_revised / a_year * places * gain_for_all / cost_of_a_boat",
              into="places", units="boats/year",
              doc="How the council changes the number.")  # fmt: skip


def _numbers(pond: StockFlow) -> None:
    for name, value, units, doc in (
        ("growth rate", 0.5, "1/year", "How fast a few fish increase in an empty pond."),
        ("room", 1000, "tonnes", "What the pond can feed today."),
        ("price", 100, "coins/tonne", "What a tonne of fish brings."),
        ("cost of a boat", 200, _A_BOAT, "What a boat needs, its people's living included."),
        ("share a boat catches", 0.005, "share/boat/year", "With today's nets."),
        ("boats follow", 0.001, "boats/coin", "How readily boats come and go."),
        ("a year", 1, "year", "From one meeting to the next."),
    ):
        pond.constant(name, value, units, doc)
    for name, doc in (
        ("wider meshes", "12, numbers: how much less of the fish a boat catches."),
        ("more reeds", "11, buffers: how much more the pond can feed."),
        ("hiding places", "10, stocks and flows: the part of the room where no net comes."),
        ("sooner", "9, delays: how much sooner boats come and go."),
        ("quicker to stop", "8, balancing loops: how much more readily boats stop."),
        ("slower to start", "7, reinforcing loops: how much slower boats are to start."),
        ("neighbours counted", "6, information: the part of the others' loss that is counted."),
        ("boats given up", "5, rules: how many fewer boats than today are agreed on."),
        ("rule revised", "4, self-organisation: how far the number is changed each year."),
        ("enough", "3, goals: how much above its cost a boat should earn."),
        ("lost in a drought", "No place: the part of the fish that has just died."),
    ):
        pond.constant(name, 0, _PART, doc, (0, _DEAREST))
