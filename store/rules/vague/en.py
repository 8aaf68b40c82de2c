"""Vague words of minutes in English; see `store.rules.vague`."""

WORDS = r"""
[when]
as (soon|quickly|early|fast|promptly|speedily) as (possible|practicable|practical|feasible|
  reasonably possible)
as (soon|quickly|early|fast|promptly) as (he|she|we|they|you|it|time) (can|could|permits|allows)
asap
a\.s\.a\.p\.?
soon
(at the )?soonest
shortly
in due (course|time)
in (the )?(near|foreseeable) future
at (the|your|their|his|her|our) earliest (convenience|opportunity|possible date|possible time)
at the earliest
at (some|a later|a suitable|an appropriate|a convenient) (point|stage|date|time|moment)
(at )?some ?time
some ?day
one of these days
eventually
later on
sooner or later
before (too )?long
in (a )?timely (manner|fashion|way)
timely
promptly
in good time
(when|whenever|as) time (permits|allows)
(when|whenever) (possible|convenient|practicable|feasible|ready|suitable)
(when|whenever) (they|we|you|he|she) (can|could|have time|has time|get time|gets time|find time|finds time|
  get round to it|get a chance|gets a chance)
(in|over|within) the (coming|next few|following) (days|weeks|months)
(in|within) (a few|several|a couple of|some) (minutes|hours|days|weeks|months)
(the|over the) next few (days|weeks|months)
in the (coming|upcoming) (period|time)
from time to time
as and when
every (so often|now and then)
now and then
(on a )?(regular|frequent|periodic) basis
(regularly|periodically|occasionally|frequently|sometimes)
at times
every once in a while
(in|for) a (while|bit)
(early|soon|fast|quickly) enough
well in advance
(when|once) (things|it|everything) (settle|settles|calm|calms|quieten|quietens) down
down the (road|line|track)
without (undue )?delay
going forward
(early|late|mid|sometime) next (week|month|quarter|year)
towards the end of the (week|month|quarter|year)

[amount]
(about|around|roughly|approximately|approx\.?|circa|nearly|almost|upwards of) (?=(us\$|rmb|[$€£¥])? ?[0-9])
some (?=[0-9]+( |%|$))
(about|around|roughly|approximately|approx\.?|circa|some|nearly|almost) (?=(a|one|two|three|four|five|six|
  seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|eighty|ninety|half|hundred|noon|midday|
  midnight)\b)
(about|around|roughly|approximately) (?=(the )?(end|beginning|start|middle) of)
(about|around|roughly|approximately) (?=(mid|early|late)[- ])
roughly
approximately
approx\.?
or so
or thereabouts
thereabouts
give or take
more or less
in the (region|order|vicinity|neighbou?rhood) of
ballpark
([0-9]+|noon|midday)ish
-ish
a (few|couple|handful|bunch|lot|number|range|variety) of
a few
quite a (few|bit|lot)
a (bit|little)
several
numerous
plenty of
lots of
as (much|many|far|little|well|often|closely|smoothly|thoroughly|fully|accurately) as (possible|practicable|
  they can|we can|you can|he can|she can)
to (some|a certain|a large|a great|the greatest) (extent|degree|possible extent)
somewhat
(significant|considerable|substantial)(ly)?
any (major|minor|significant|important|serious)
(good|well|long|big|large) enough
pretty much
(fairly|quite|rather) (?!than)
sufficient(ly)?
adequate(ly)?
reasonabl[ey]
mostly
largely
appropriate(ly)? (measure|measures|step|steps|action|actions|arrangement|arrangements|manner|way|level|amount|
  number|follow[- ]up|support|resources)
suitable (measure|measures|step|steps|action|actions|arrangement|arrangements)
(the )?necessary (measure|measures|step|steps|action|actions|arrangement|arrangements|preparations|support|
  resources)
(a )?(bit|little) (more|better|faster|earlier|less)

[who]
(the |all |other |any ){0,3}(relevant|concerned|appropriate|responsible|respective|related|competent|affected|
  interested|corresponding) (department|team|party|person|people|staff|colleague|unit|stakeholder|authority|
  function|personnel|office|group|side|owner|manager|individual)s?
(the |all |other |any ){0,3}(relevant|concerned|appropriate|responsible|respective|related|competent|affected|
  interested) (departments|teams|parties|persons|units|authorities|functions|employees|leaders)
(the |all |other |any ){0,3}(department|team|part|person|people|staff|colleague|unit|stakeholder)(s|ies|
  y)? (concerned|involved|in question)
(those|everyone|everybody|anyone|all) (concerned|involved|affected|responsible|available)
(someone|somebody|some one|whoever|anyone|anybody)
one of (us|the team|you|them)
(certain|some|various|different) (departments|teams|people|parties|colleagues|staff)
(the )?(right|proper) (people|person|team)
all (the )?stakeholders

[commitment]
(try|tries|trying|tried) (to|and|for)
(try|tries|trying|tried|do|does|doing) (our|their|his|her|its|my|your|the) (best|utmost)
(make|makes|making|made) (every|an|all|some|the|best|reasonable|every possible|more of an) efforts?
best efforts?
(aim|aims|aiming|aimed|strive|strives|striving|strived|seek|seeks|seeking|hope|hopes|hoping|hoped|endeavou?r|
  endeavou?rs|endeavou?ring|attempt|attempts|attempting) (to|for)
hopefully
(probably|maybe|possibly|perhaps|presumably|potentially|conceivably)
(is|are|be) (likely|expected|hoped) to
most likely
might
may(?= (be|have|need|want|be able|also|help|take|start|begin|change|slip|move))
in (principle|theory)
(ideally|preferably)
(usually|generally|normally|typically)
(in general|by and large|as a rule)
on the whole(?=[,.;]|$)
depending on
(weather|time|budget|staffing|workload|resources|capacity) permitting
if need be
if at all
should be able to
(intend|intends|intending) to
where it makes sense
at (your|their|our|his|her|its) discretion
(if|where|wherever|as far as|whenever|when|as) (possible|feasible|necessary|needed|required|appropriate|
  applicable|practicable|convenient|warranted|desired|relevant|suitable|reasonable|at all possible)
if (time|budget|capacity|resources|conditions|circumstances|schedule|workload) (permit|permits|allow|allows)
(depending on|subject to) (the )?(circumstances|situation|availability|capacity|workload|conditions)
as (the )?(circumstances|situation|conditions) (permit|permits|allow|allows|require|requires|demand|demands)
as (they|he|she|we|you) (see|sees) fit
(consider|considers|considering|contemplate|contemplates)
(look|looks|looking) (into|at)
(think|thinks|thinking) (about|over)
(give|gives|giving) (some|more|further) (thought|consideration|attention) to
(explore|explores|exploring) (the |various |some )?(options|ways|possibilities|possibility|opportunities|
  ideas|whether|how)
would like to
(it|there) (was|is|has been) (suggested|proposed|felt|thought|hoped|expected|believed|agreed in principle|
  a suggestion) that
could (be|perhaps|also|maybe|potentially|possibly)
(we|they|he|she) (feel|feels) that
with any luck
all being well

[what]
(assist|assists|assisting|assisted)
(give|gives|giving|provide|provides|providing|offer|offers|offering|lend|lends) <words>(assistance|support|
  help|cooperation|co-operation|a hand)
(help|helps|helping) (out|with)
(support|supports|supporting) (the|each other|one another|as|where|with|all|other|this|its|their)
(cooperate|cooperates|cooperating|co-operate|co-operates|co-operating|collaborate|collaborates|collaborating|
  liaise|liaises|liaising)
in (close )?(cooperation|co-operation|collaboration|coordination) with
(work|works|working) (on|towards|(together )?(more )?closely|together)
more closely
(deal|deals|dealing) with
(take|takes|taking) care of
(keep|keeps|keeping) (an eye on|track of|in touch|in mind|on top of|pushing|working on|going|up)
(pay|pays|paying) <words>attention to
(follow|follows|following) up
(push|pushes|pushing|drive|drives|driving|move|moves|moving) <words>(forward|ahead|along)
(push|pushes|pushing) for
(step|steps|stepping|speed|speeds|speeding) up
(contribute|contributes|contributing) to
(participate|participates|participating) (actively )?in
actively
(strengthen|strengthens|strengthening|enhance|enhances|enhancing|facilitate|facilitates|facilitating|foster|
  fosters|fostering)
(make|makes|making) (some |good |more )?progress
(sort|sorts|sorting) (it |this |things |that )?out
(be|get|gets|stay) involved( in)?
(play|plays|playing) (a|an|its|their) <words>(role|part)
(get|gets|getting) (things|it|this) (moving|going|done|rolling|started)
do the needful
continue to (improve|optimi[sz]e|monitor|promote|push|work)
(continuously|constantly|steadily|gradually) (improve|improves|improving|optimi[sz]e|optimi[sz]es)
(further|better) (improve|improves|optimi[sz]e|optimi[sz]es|promote|coordination|communication|cooperation)
(act|acts|acting) as (needed|necessary|appropriate)
(handle|handles|handling) <words>(matters|issues|things)
(properly|well|smoothly|efficiently|effectively)
and the like

(touch|touches|touching) base
(reach|reaches|reaching) out
(circle|circles|circling) back
(raise|raises|raising) awareness

[standard]
robust
state[- ]of[- ]the[- ]art
cutting[- ]edge
(user|customer|reader)[- ]friendly
(high|good|better|best|top)[- ]quality
(world|first)[- ]class
best[- ]in[- ]class
top[- ]notch
(seamless|intuitive|attractive|appealing|eye[- ]catching|satisfactory|decent|excellent|nice|modern[- ]looking|
  professional[- ]looking|well[- ]designed|easy[- ]to[- ]use)(ly)?
(to|of|up to) a (good|high|acceptable|satisfactory|reasonable|decent) (standard|level|quality)

[open]
tb[dca]
t\.b\.[dca]\.?
to be (determined|decided|confirmed|discussed|agreed|announced|defined|clarified|finali[sz]ed|
  advised)( later)?
(yet|still) to be (determined|decided|confirmed|discussed|agreed|announced|defined|clarified|found|named)
up in the air
(?<!/)etc\.?(?!/)
and so (on|forth)
something like
(some|a) (kind|sort) of
(kind|sort) of
or something
(some|somehow|something)(?= (way|or other|else))
somehow
tentative(ly)?
provisional(ly)?
for (now|the time being)
we('ll| will) see
until further notice
a more suitable

[innocent]
(approximately|about|around|roughly) (?=[^.;]{0,24}(,? (i\.e\.|that is)|between|±|\+/-))
(relevant|responsible|competent|appropriate) (department|team|party|person|unit)s?(?=, (?!(including|such|and|
  as|if|who|which|to|please|especially|in|by|or)\b)[^,.;]{1,40}(,|\())
(relevant|concerned|appropriate|responsible|respective) (department|team|party|parties|person|
  unit)s? (?=(means?|is defined|are defined|is understood|refers? to|namely|i\.e\.|that is)\b)
soon after
(as|no) (soon|sooner) (as (?!(possible|practicable|practical|feasible|he can|she can|we can|they can|you can|
  it can))|than)
too soon
how soon
the soonest date
shortly (after|before|thereafter)
(around|about) the (table|world|clock|corner|building|office|site|block|globe|country|house|plant)
(turn|turns|turned|turning|wrap|wrapped|walk|walked|drive|way|all|go|goes|get|pass|passed|carry|fence|built|
  move|moved|look|looked|show|showed|showing|shown|revolve|revolves|sit|sat|gather|gathered) around
(this|that|what|which|any|one|each|every|no|same|first|only|all|these|those|of a|two|three) (kinds?|sorts?) of
(kind|sort) of (?=(goods|document|contract|paper|work|card|form))
(at|for|with) the possible
(impossible|possibility|possibilities|impossibly)
as well as
in order to
(the )?(tried and tested|tried and true)
a number of (?=<n>)
(tentative|tentatively|provisional|provisionally)(?=[^.;!?]{0,40}(<date>))
(<date>)[^.,;!?]{0,12}(tentative|tentatively|provisional|provisionally|\(tentative\))
(technical|customer|it|customer-support|user|after-sales|product|tech|desk) support
support (desk|team|ticket|tickets|hotline|contract|group|line|staff|engineer|level|centre|center)
look at(?=s? (the )?(page|slide|screen))
may (?=[0-9])
(in|by|of|since|until|from|early|late|mid|end of|before|after|for|to|on [0-9]+|[0-9]+(st|nd|rd|th)?) may
(not|no) (later|earlier) than
probability
approximation
"""
