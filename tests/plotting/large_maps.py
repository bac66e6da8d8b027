"""Larger maps that the drawing is tested on, of schools and their towns, as text."""

HOMEWORK = """
homework set -> time at the desk: +
time at the desk -> practice: +
practice -> understanding: + delayed
understanding -> confidence: +
confidence -> willingness to work: +
willingness to work -> practice: +
time at the desk -> sleep: -
sleep -> attention in class: +
attention in class -> understanding: +
understanding -> homework set: -
homework set -> arguments at home: +
arguments at home -> willingness to work: -
time at the desk -> free play: -
free play -> willingness to work: +
"""
GARDEN = """
pupils who help -> beds that are tended: +
beds that are tended -> harvest: + delayed
harvest -> vegetables in the canteen: +
vegetables in the canteen -> interest in growing food: +
interest in growing food -> pupils who help: +
harvest -> seeds kept: +
seeds kept -> beds that are tended: +
beds that are tended -> compost needed: +
compost needed -> soil fertility: -
canteen waste -> compost: +
vegetables in the canteen -> canteen waste: +
compost -> soil fertility: + delayed
soil fertility -> harvest: +
pupils who help -> trampling: +
trampling -> soil fertility: -
interest in growing food -> parents who help: +
parents who help -> beds that are tended: +
"""
BULLYING = """
bullying -> fear among pupils: +
fear among pupils -> reports to teachers: -
reports to teachers -> adults who step in: +
adults who step in -> bullying: -
adults who step in -> trust in adults: +
trust in adults -> reports to teachers: +
fear among pupils -> absence: +
absence -> gaps in learning: + delayed
gaps in learning -> frustration: +
frustration -> bullying: +
bullying -> friendships: -
friendships -> bystanders who speak up: +
bystanders who speak up -> bullying: -
friendships -> belonging: +
belonging -> frustration: -
bullying -> status of those who bully: +
status of those who bully -> bullying: +
bystanders who speak up -> status of those who bully: -
class council -> bystanders who speak up: +
reports to teachers -> class council: + delayed
class council -> belonging: +
punishment -> resentment: +
resentment -> bullying: +
adults who step in -> punishment: +
workload of teachers -> adults who step in: -
reports to teachers -> workload of teachers: +
gaps in learning -> workload of teachers: +
"""
TOWN = """
families in town -> pupils: +
pupils -> school funding: +
school funding -> teachers: + delayed
teachers -> quality of lessons: +
quality of lessons -> reputation of the school: + delayed
reputation of the school -> families in town: +
families in town -> demand for housing: +
demand for housing -> house prices: +
house prices -> families in town: -
house prices -> building of homes: + delayed
building of homes -> homes: +
homes -> house prices: -
building of homes -> green space: -
green space -> attractiveness of the town: +
attractiveness of the town -> families in town: +
families in town -> shops: +
shops -> jobs: +
jobs -> attractiveness of the town: +
families in town -> traffic: +
traffic -> attractiveness of the town: -
traffic -> children who walk to school: -
children who walk to school -> traffic: -
jobs -> tax income: +
tax income -> school funding: +
house prices -> tax income: +
pupils -> class size: +
teachers -> class size: -
class size -> quality of lessons: -
green space -> children who walk to school: +
shops -> traffic: +
"""
TEACHERS = """
class size -> marking: +
marking -> hours worked: +
hours worked -> fatigue: + delayed
fatigue -> patience: -
patience -> calm lessons: +
calm lessons -> disruptions: -
disruptions -> stress: +
stress -> fatigue: +
stress -> sick days: + delayed
sick days -> cover lessons: +
cover lessons -> hours worked: +
cover lessons -> disruptions: +
stress -> thoughts of leaving: +
thoughts of leaving -> resignations: + delayed
resignations -> vacancies: +
vacancies -> class size: +
vacancies -> recruitment: +
recruitment -> new teachers: + delayed
new teachers -> vacancies: -
new teachers -> need for mentors: +
need for mentors -> hours worked: +
new teachers -> experience in the staff room: -
resignations -> experience in the staff room: -
experience in the staff room -> shared planning: +
shared planning -> hours worked: -
shared planning -> quality of lessons: +
quality of lessons -> calm lessons: +
fatigue -> quality of lessons: -
calm lessons -> learning: +
quality of lessons -> learning: +
learning -> pride in the work: +
pride in the work -> thoughts of leaving: -
learning -> exam results: + delayed
exam results -> pressure from above: -
pressure from above -> paperwork: +
paperwork -> hours worked: +
pressure from above -> stress: +
hours worked -> shared planning: -
"""
HEALTH = """
breakfast eaten -> attention: +
attention -> learning: +
learning -> confidence: +
confidence -> joining in sport: +
joining in sport -> fitness: + delayed
fitness -> attention: +
fitness -> sleep: +
sleep -> attention: +
sleep -> mood: +
mood -> joining in sport: +
mood -> friendships: +
friendships -> mood: +
friendships -> joining in sport: +
screen time -> sleep: -
screen time -> joining in sport: -
loneliness -> screen time: +
friendships -> loneliness: -
screen time -> snacking: +
snacking -> weight: + delayed
fitness -> weight: -
weight -> teasing: +
teasing -> loneliness: +
teasing -> confidence: -
family income -> breakfast eaten: +
family income -> healthy food at home: +
healthy food at home -> snacking: -
school meals -> healthy food at home: +
school meals -> breakfast eaten: +
parents' evenings -> knowledge of food: +
knowledge of food -> healthy food at home: +
learning -> knowledge of food: + delayed
safe streets -> walking to school: +
walking to school -> fitness: +
walking to school -> cars at the gate: -
cars at the gate -> safe streets: -
cars at the gate -> air pollution: +
air pollution -> asthma: + delayed
asthma -> absence: +
absence -> learning: -
asthma -> joining in sport: -
learning -> exam worries: -
exam worries -> sleep: -
mood -> absence: -
confidence -> exam worries: -
absence -> friendships: -
"""
VALLEY = """
rainfall -> river flow: +
forest cover -> rainfall: + delayed
forest cover -> soil that holds water: +
soil that holds water -> floods: -
river flow -> floods: +
floods -> damage to farms: +
damage to farms -> repairs: +
repairs -> farm income: -
farm income -> young people who stay: +
young people who stay -> farm workers: + delayed
farm workers -> harvest: +
harvest -> farm income: +
farm income -> clearing of forest: -
clearing of forest -> forest cover: -
clearing of forest -> farmland: +
farmland -> harvest: +
farmland -> soil that holds water: -
river flow -> water for the fields: +
water for the fields -> harvest: +
harvest -> water for the fields: -
farm income -> fertiliser used: +
fertiliser used -> harvest: +
fertiliser used -> river pollution: +
river pollution -> fish in the river: -
fish in the river -> otters: +
otters -> fish in the river: -
fish in the river -> visitors: +
visitors -> guest houses: + delayed
guest houses -> visitors: +
visitors -> litter: +
litter -> visitors: -
visitors -> jobs in the village: +
jobs in the village -> young people who stay: +
young people who stay -> families: + delayed
families -> pupils in the school: +
pupils in the school -> risk that the school closes: -
risk that the school closes -> families: -
pupils in the school -> school projects: +
school projects -> knowledge of the river: +
knowledge of the river -> care for the river: + delayed
care for the river -> river pollution: -
care for the river -> planting of trees: +
planting of trees -> forest cover: + delayed
families -> homes needed: +
homes needed -> building: +
building -> homes needed: -
building -> jobs in the village: +
visitors -> house prices: +
house prices -> families: -
floods -> worry about the river: +
worry about the river -> dams: + delayed
dams -> floods: -
dams -> fish in the river: -
buses -> traffic noise: +
buses -> young people who stay: +
traffic noise -> visitors: -
visitors -> buses: +
fertiliser used -> wild bees: -
wild bees -> harvest: +
flower strips -> wild bees: + delayed
school projects -> flower strips: +
village festival -> neighbours who help: +
neighbours who help -> damage to farms: -
neighbours who help -> village festival: +
"""
LARGE = {
    "homework": HOMEWORK,
    "garden": GARDEN,
    "bullying": BULLYING,
    "town": TOWN,
    "teachers": TEACHERS,
    "health": HEALTH,
    "valley": VALLEY,
}
