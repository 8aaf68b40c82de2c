"""Vague words of minutes in English: when, how much, who, how good, what is open; see `store.rules.vague`."""

WORDS = r"""
[when]
in the (long|short|medium|near) (run|term)
(short|medium|long)[- ]term(?= ?([,.;]|$))
(at|on) short notice
some (days|weeks|months|hours)
(lately|of late|nowadays|in no time|next time round|as time goes on)
(in )?one of the (next|coming|following|upcoming|later) [a-z]+
(over|with) time(?=[ ]?([,.;]|$))
(gradually|progressively|incrementally|bit by bit|little by little|piecemeal)
when the time (comes|is right|is ripe)
(some other|another) time
(in|during|over) (the|a) (quiet|quieter|slack|less busy|busy|off[- ]peak|low|calmer) (period|months|season|weeks|
  spell|time|hours)
(when|once|after|as soon as) <words>(has|have|had|is|are)? ?(all )?(calmed|settled|quietened|quieted|died|slowed|
  cooled|blown) (down|over|off)?
(when|once|after|until) the (dust|situation|matter|position) (has |have )?(settled|settles|clears|cleared|
  becomes clear(er)?)
(at a )?later (date|time|stage|point|occasion|on)
later(?= ?([,.;]|$))
(early|later|late|sometime|some time) (next|this|in the) (week|month|quarter|year|day|spring|summer|autumn|fall|
  winter)
(by|around|about|towards?) (the )?(turn|end|middle|start|beginning)[- ]of[- ](the )?(month|week|year|quarter)[- ]?ish
towards (the )?(end|middle|beginning|close|back end) of
(quickly|swiftly|speedily|rapidly|urgently|expeditiously|forthwith|post[- ]haste)
at (the |your |their |our )?(first|next|earliest) (available |possible |convenient )?(opportunity|convenience|chance)
(when|as soon as) <words>(get|gets|got|find|finds|has|have|there is|there's) (a |some |the )?(minute|moment|
  chance|time|
  breather|spare time|gap|opportunity)
any (day|time|moment|week) now
(well|way|long) (ahead of|in advance|before)
(in|after|for|within|over) (a|quite a|another) (little |short |long )?(while|bit|moment|minute|spell)
(in|within|after) (a |the )?(reasonable|short|sensible|decent|appropriate|suitable) (time|period|timeframe|time frame|
  timescale|amount of time|delay|interval)
(these|those|the last few|the past few|the coming|the following) (days|weeks|months)
(in|over|during) the (weeks|months|days) (ahead|to come)
(off and on|on and off|every so often|on occasion|now and again|once in a while)
(not|no) too (late|long|far off|distant)
(on an?|as an?) (ongoing|regular|as[- ]needed|ad[- ]hoc|occasional|rolling) basis
ad[- ]hoc
(before|after) (very )?long(?=[ ,.;]|$)
(high|top) on (the|our) (list|agenda)
(sooner|earlier) rather than later
(not|isn't|is not) (urgent|pressing)
by and by
as we go( along)?
nearer the time
closer to the (time|date|event|day)
if and when
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
(reduce|reduces|shorten|shortens|lower|lowers|decrease|decreases|lessen|lessens|increase|increases|raise|
  raises)(?=(?![^.;]*\b(half|third|zero|nil|one|
  two|three|four|five|six|ten|dozen|double|from|to)\b)[^.;0-9]{3,60}([.;]|$))
the (usual|normal|customary|typical|same old|regular) (quantity|amount|number|volume|dose|stock|order|mix|level|
  allowance|share)s?
too (high|low|hot|cold|long|short|late|early|big|small|fast|slow|loud|dirty|wet|dry|full|heavy|dark|bright)
(some|most|many|much|several|the majority|a majority|the bulk|a portion|a fraction|a proportion|part) of (the|our|
  these|
  those|its|their|his|her|them|it|us)
(?<!the[ ])(?<!is[ ])(?<!no[ ])(larger|bigger|smaller|greater|fewer|longer|shorter|higher|lower|heavier|lengthier|
  sizeable|
  sizable|
  hefty|lengthy) (?=[a-z]+)(?!than|the|number of|limit|bound|case|court|house|education|half|level|floor|back)
(?<!how[ ])(?<!as[ ])(?<!too[ ])(?<!so[ ])many (?!to[- ]many|times more than)(?=[a-z])
(various|numerous|multiple|countless|assorted|sundry|diverse|miscellaneous)(?! (choice|sclerosis|listings))
(?<!as[ ])(?<!no[ ])(more|less) (frequent|often|frequently|regular|regularly|thorough|thoroughly|careful|
  carefully|closely|
  quickly|detailed|time|care|attention|effort|staff|people|visible|clearly|clear|robust|efficient|efficiently|
  flexible|flexibly|systematic|attractive|user[- ]friendly|reliable)(?! than)
(?<!good[ ])(?<!as[ ])enough
(a )?(good|great|fair|decent|large|small|certain|limited|reasonable|considerable|substantial|significant|suitable|
  adequate|sensible) (number|amount|quantity|deal|share|portion|chunk|proportion|selection|range|supply) of
(a )?(couple|handful|few|bunch|pile|stack|dozen or so|touch) of
(dozens|scores|hundreds|loads|heaps|masses|bags) of
([0-9]+|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)[- ]odd
(just|a little|slightly|somewhat|well|a bit|marginally) (over|under|above|below|more|less|
  fewer)(?= (than )?[a-z0-9€£$])
(noticeably|markedly|considerably|drastically|dramatically|sharply|slightly|marginally|moderately|greatly|vastly|
  measurably|visibly)
somewhere (in the region of|around|between|near|close to|about)
(in )?the (region|ballpark|order|vicinity) of (?=[0-9€£$])
((?<![0-9a-z])~|ca\.) ?(?=[0-9])
c\. ?(?=[0-9])
close to (?=[€£$]?[0-9])
on average(?! [0-9])
(extra|additional|spare|further) (copies|staff|time|resources|capacity|help|hands|support|people|budget|funds|
  funding|money)(?=[^.;0-9]*$)
(as few|as little|as many|as much|as often|as far|as long|as close|as short|as low|as high) [a-z ]{0,24}as (possible|
  practicable|necessary|needed|required|feasible|we can|they can|you can)
(too|overly|unduly) (much|many|long|high|low|often)
(half|part|most) of the time
(minor|major|small|big|slight|modest) (improvements?|changes?|adjustments?|amendments?|issues?|defects?|repairs?|
  fixes|tweaks?|problems?|corrections?|deviations?|delays?|works?)
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
in the (region|vicinity|neighbou?rhood) of
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
appropriate(ly)?(?! (adult|body|authority|dispute)\b)
suitable (measure|measures|step|steps|action|actions|arrangement|arrangements)
(the )?necessary (measure|measures|step|steps|action|actions|arrangement|arrangements|preparations|support|
  resources)
(a )?(bit|little) (more|better|faster|earlier|less)

[who]
(one|any|some|either) of the [a-z]+s(?= (to|will|should|shall|can|could|may|must)\b)
(a|another|some) colleague
(somewhere|elsewhere|nearby)
(suitable|appropriate|convenient|proper|sensible|handy) (place|location|spot|position|size|format|way|channel|
  moment|temperature|price|length|
  person|candidate|solution|means|method|manner|form|supplier|venue|room|replacement|product)
those (nearby|around|present|there|free|on site|on shift)
(the |all |any )?(appropriate|relevant|right|proper|usual) (channels?|people|quarters|level)
(the |all |any |other |our )?(relevant|interested|concerned|affected|various|key|other|responsible|right|appropriate|
  competent) (stakeholders?|people|parties|colleagues|folks|players|bodies|experts?|specialists?|contacts?|managers?|
  trades|contractors?|suppliers?|agencies|bosses|heads|leads|channels)
(whoever|whichever|whomever)( (is|has|gets|can|happens) <words>(free|available|time|around|first|next|in|there))?
(anyone|someone|somebody|anybody|people|those|staff|whoever) (who|that) (is|are|has|have|can) (free|available|
  time|interested)
(any|some|the next|the first) (available|spare|free|willing) [a-z]+
(someone|somebody) (from|in|at|else)
(the )?(powers that be|higher[- ]ups|usual suspects|guys|folks|lads)
(the )?others(?= (will|to|should|can|could|may|are))
(other|neighbouring|sister|some|certain) (departments|teams|units|offices|branches|colleagues)
(a|some|another) (volunteer|helper|colleague)s?(?= (will|to|should|can|could|from|is|are)\b)
people (should|will|need to|must|can)
people (from|in)
(between|among|amongst) (them|themselves|us|ourselves)
management (will|to|should|may|can|decides?)
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

[standard]
(up to (scratch|par|standard)|fit for purpose|in good (order|shape|condition|repair|nick)|nice and [a-z]+|
  spick and span)
(neat|neatly|tidy|tidily|presentable|acceptable|good[- ]looking|pleasant|welcoming|sleek|stylish|snappy|punchy|
  sensible|sensibly|proper|nicely|elegant|elegantly|modern)(?! (times|art|languages?|slavery))
to (everyone's|everybody's|the customer's|the client's|full|our) satisfaction
(good|decent|acceptable|adequate|satisfactory|reasonable|fair|suitable) (quality|level|standard|shape|condition|
  results?|
  service|performance|progress|coverage|lighting|supply|value|notice)
(clear|clean|easy|simple|quick|fast|bright|warm|quiet|strong|loud|big|large|thick|soft|dry|safe) enough
(high|higher|good|decent|reasonable|better|adequate) (standard|standards)
(fairly|reasonably|sufficiently|suitably|adequately|appropriately|acceptably|decently|tolerably|relatively)
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
including,? but not limited to
(such like|and suchlike|or similar|or the like|or whatever|and whatnot|and all that|among others|amongst others|
  and more)
((still |remains? |stays? |left )open|(still )?undecided|unclear|pending|outstanding|under discussion|
  under review|up for discussion)(?= ?([,.;]|$))
(remains|remain) (to be seen|open|unclear|unresolved|undecided)
(details|date|dates|time|venue|owner|amount|figure|budget|names?|rest)( and [a-z]+)? (to follow|will follow|
  follow later|
  to come|pending|are pending|is pending|to be advised)
(put|puts|leave|leaves|left|keep|keeps|park|parks|parked) (it |this |that |the [a-z]+ |[a-z]+ )?(on hold|on ice|
  open|as is|
  on the back burner|for another day|for later)
(make do|muddle through|get by) with
(an? )?(interim|stopgap|temporary) (solution|fix|measure|arrangement)
in some (form|way|shape|fashion)
some (form|type|variety) of
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
"""
