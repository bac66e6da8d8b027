"""Stock-flow structures that the drawing is tested on, as the plain values that it takes."""

from random import Random

from cstools.plotting.stock_flow.parts import Factor, FlowPipe, Influence, StockBox, Structure


def structure(flows, links="", constants=(), lookups=(), arrays=()):
    """Return a structure from ``"births: outside > people"`` and ``"rate > births"`` lines."""
    pipes, stocks = [], {}
    for line in filter(None, map(str.strip, flows.splitlines())):
        name, _, ends = line.partition(": ")
        out_of, into = (None if end == "outside" else end for end in ends.split(" > "))
        stocks |= dict.fromkeys(filter(None, (out_of, into)))
        pipes.append(FlowPipe(name, name, out_of, into))
    influences, others = [], {}
    for line in filter(None, map(str.strip, links.splitlines())):
        cause, effect = line.removesuffix(" delayed").split(" > ")
        influences.append(Influence(cause, effect, delayed=line.endswith(" delayed")))
        others |= dict.fromkeys((cause, effect))
    kinds = dict.fromkeys(constants, "constant") | dict.fromkeys(lookups, "lookup")
    known = {*stocks, *(pipe.key for pipe in pipes)}
    return Structure(
        tuple(StockBox(name, name, name in arrays) for name in stocks),
        tuple(pipes),
        tuple(
            Factor(name, name, kinds.get(name, "auxiliary"))
            for name in (*others, *(k for k in kinds if k not in others))
            if name not in known
        ),
        tuple(influences),
    )


EPIDEMIC = structure(
    """
    infection: Susceptible > Infectious
    recovery: Infectious > Recovered
    loss of immunity: Recovered > Susceptible
    births: outside > Susceptible
    deaths of Susceptible: Susceptible > outside
    deaths of Infectious: Infectious > outside
    deaths of Recovered: Recovered > outside
    """,
    """
    Susceptible > infection
    Infectious > infection
    contact rate > infection
    infectivity > infection
    total population > infection
    Susceptible > total population
    Infectious > total population
    Recovered > total population
    Infectious > recovery
    duration of illness > recovery
    Recovered > loss of immunity
    total population > births
    Susceptible > deaths of Susceptible
    Infectious > deaths of Infectious
    Recovered > deaths of Recovered
    death rate > deaths of Susceptible
    death rate > deaths of Infectious
    death rate > deaths of Recovered
    """,
    constants=("contact rate", "infectivity", "duration of illness", "death rate"),
)
STAFF = structure(
    """
    hiring: outside > Rookies
    assimilation: Rookies > Experienced staff
    quitting: Experienced staff > outside
    rookies leaving: Rookies > outside
    completing work: Open tasks > Tasks done
    making errors: Open tasks > Undiscovered rework
    discovering rework: Undiscovered rework > Open tasks
    new requirements: outside > Open tasks
    """,
    """
    desired staff > hiring
    total staff > hiring
    time to hire > hiring
    Rookies > assimilation
    Experienced staff > quitting
    schedule pressure > quitting
    effect of pressure on quitting > quitting
    Rookies > rookies leaving
    potential work rate > completing work
    quality > completing work
    potential work rate > making errors
    quality > making errors
    Undiscovered rework > discovering rework delayed
    Rookies > total staff
    Experienced staff > total staff
    Open tasks > desired staff
    time remaining > desired staff
    Open tasks > schedule pressure
    potential work rate > schedule pressure
    Experienced staff > potential work rate
    Rookies > potential work rate
    schedule pressure > quality delayed
    """,
    constants=("time to hire",),
    lookups=("effect of pressure on quitting",),
)
TUB = structure("filling: outside > water\ndraining: water > outside", "water > draining")
AGES = structure(
    "births: outside > age 0\n"
    + "".join(f"growing up {i}: age {i} > age {i + 1}\n" for i in range(9))
    + "".join(f"deaths {i}: age {i} > outside\n" for i in range(10)),
    "age 3 > births\n" + "".join(f"years per class > growing up {i}\n" for i in range(9)),
    constants=("years per class",),
)
TWO_WAYS = structure(
    "borrowing: shelf > homes\nlending by post: shelf > homes\nreturning: homes > shelf",
    "shelf > borrowing\nhomes > returning\nshelf > lending by post",
)
MANY_FLOWS = structure(
    "\n".join(
        [f"gain {i}: outside > balance" for i in range(4)]
        + [f"loss {i}: balance > outside" for i in range(5)]
    ),
    "balance > loss 0\nrate > loss 1\nbalance > loss 4",
)
WITHIN = structure("moving south: people > people\nbirths: outside > people", arrays=("people",))
NO_STOCKS = structure("", "a > b\nb > c\nc > d\na > c", constants=("a", "x", "y"))
UNTOUCHED = structure("flow: one > two", "", constants=("pi", "e", "a number of no use to anyone"))
LONG_NAMES = structure(
    """
    the rate at which people come to hear of it: everybody who has not heard > everybody who has
    Donaudampfschifffahrtsgesellschaft: everybody who has > outside
    """,
    "everybody who has > the rate at which people come to hear of it",
)


def made_up(stocks, factors, seed):
    """Return a structure of so many stocks and factors, joined at random."""
    random = Random(seed)
    words = "effort trust morale skill backlog quality hiring budget demand price orders".split()
    boxes = [f"{words[i % 11]} stock {i}" for i in range(stocks)]
    names = [f"{words[(7 * i) % 11]} {words[(3 * i) % 11]} {i}" for i in range(factors)]
    flows, links = [], []
    for i, box in enumerate(boxes):
        onward = i + 1 < stocks and random.random() < 0.5
        flows.append(
            f"flow {i}: {box if onward else 'outside'} > {boxes[i + 1] if onward else box}"
        )
        links += [f"{name} > flow {i}" for name in random.sample(names, 2)]
        if random.random() < 0.5:
            flows.append(f"loss {i}: {box} > outside")
            links.append(f"{box} > loss {i}")
    for i, name in enumerate(names):
        if i % 3:
            links.append(f"{random.choice(boxes)} > {name}")
            links.append(f"{random.choice(names[:i])} > {name}")
    return structure("\n".join(flows), "\n".join(dict.fromkeys(links)), constants=names[::3])


ALL = {
    "epidemic": EPIDEMIC,
    "staff": STAFF,
    "tub": TUB,
    "ages": AGES,
    "two ways": TWO_WAYS,
    "many flows": MANY_FLOWS,
    "within": WITHIN,
    "no stocks": NO_STOCKS,
    "untouched": UNTOUCHED,
    "long names": LONG_NAMES,
    "made up 3/8": made_up(3, 8, 1),
    "made up 5/14": made_up(5, 14, 2),
    "made up 7/20": made_up(7, 20, 3),
    "made up 10/25": made_up(10, 25, 4),
}
