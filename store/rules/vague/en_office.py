"""Vague words of minutes in English: set phrases of the office; see `store.rules.vague`."""

WORDS = r"""
[when]
(right|straight) away
(pronto|imminent(ly)?|presently(?! employed))
at once(?= ?([,.;]|$))
(early|late|later) in the (new )?(year|month|week|season|term|quarter|spring|summer|autumn|fall|winter)
within (days|weeks|months|hours)
(days|weeks|months) away(?= ?([,.;]|$))
in the (interim|meantime)(?= ?([,.;]|$))
(at pace|at speed|ahead of time|next time)(?= ?([,.;]|$))
with (all |great |due |some |the utmost )?(urgency|haste)
as a (top |high |matter of )?(priority|urgency)
(at|when|whenever) (your|their|his|her|our) (own )?(convenience|leisure)
(regular|periodic|frequent|occasional|sporadic|intermittent|continual|ongoing) (checks?|updates?|reviews?|
  contact|reports?|reporting|inspections?|intervals|visits?|feedback|support|maintenance|monitoring|training|
  communication|exchanges?|cleaning|backups?|audits?|calls?|follow[- ]ups?|breaks?|dialogue|improvement|testing|
  patrols?)<bare>
routinely
(?<!how[ ])(?<!as[ ])often(?!-)
(when|once|after|until) (things|it|everything|matters|the situation|business|trade) (settle|settles|settled|improve|
  improves|stabili[sz]e|stabili[sz]es|calm|calms|pick up|picks up|return to normal|returns to normal|allow|allows)
mid[- ]to[- ]late
for the foreseeable( future)?
(around|after|over|before) the (holidays|festive season|christmas period|summer break)<bare>
(with|in) the (passage|fullness) of time

[amount]
(ample|generous|scant|plentiful|abundant)
(limited|minimal|maximum|maximal|optimal|optimum) (access|disruption|efforts?|impact|delay|downtime|cost|use|amount|
  support|resources|capacity|time|noise|waste|attention|benefit|flexibility)<bare>
some (?!(of|like|thing|one|how|day|time|where|what|are|is|were|was)\b)(?=[a-z]{3})
(?<!the[ ])(?<!at[ ])most (?=[a-z]+[a-rtv-z]s\b)
the (bulk|majority|better part|lion's share) of
a (vast |large |small |clear |great )?(majority|minority) of
(nearly|almost|virtually|practically|all but) (done|complete|completed|finished|ready|all|every|each|full|fully|empty|
  final|identical|everyone|everything|no|there)
(broadly|mainly|essentially|basically|partly|partially)(?! (sighted|submerged|filled|owned|exempt|disabled))
in part(?= ?([,.;]|$))
up to a point
a (series|string|host|wealth|raft|slew|multitude) of(?! ?([0-9]|two|three|four|five|six|seven|eight|nine|ten|twelve))

[who]
the usual (contractors?|suppliers?|vendors?|caterers?|printers?|carriers?|couriers?|person|people|team|crew|place|
  venue|room)
(the )?(affected|interested|impacted) (users?|customers?|residents?|clients|tenants|persons?|sites?|areas?)
senior (management|leadership|leaders|managers)(?! (team|meeting|group|course))
(the )?leadership(?= (will|to|should|may|can|decides?))
the business(?= (will|to|should|may|can|decides?|wants?)\b)
(those|people|staff|colleagues|anyone) (in|with) (charge|authority|the know|experience|capacity|time)

[standard]
(meaningful|tangible|noticeable|discernible|compelling|holistic|in[- ]depth|rigorous|thorough|coherent|comprehensive|
  concise|smooth|well[- ]structured|well[- ]prepared|high[- ]level)
clear and (concise|simple|easy)
(in line with|according to|following|per|to) (best|good|industry|market|common|usual|current) (practices?|standards?)
industry[- ]standard(?! [0-9])
(best|good|common) practices?

[commitment]
assuming( that)? (?!office|control|command|responsib)
barring (?!order|notice|list)(?=[a-z])
with (a view|the (aim|intention|goal|hope)) (to|of)
to the best of
to the (fullest |greatest |maximum |full )?extent( (possible|practicable|feasible|necessary|needed|reasonable))?(?= ?([
  ,.;]|$))
(insofar|in so far) as
subject to (change|confirmation|review|discussion|further|revision|negotiation|alteration|amendment)s?(?! (no|clause|
  order|[0-9]))
in (talks|negotiations|discussions|dialogue)
should (the need|need|it|this|that|any|problems|issues|questions|circumstances|time) (arises?|be|become|permit|allow)
(every|best|utmost|all reasonable|maximum) (efforts?|endeavou?rs?)(?! (score|level))
(look|looks|looking) to (?!the|page|your|our|him|her)(?=[a-z])
(plan|plans|planning|planned) on [a-z]+ing
should be (fine|ok|okay|possible|feasible|doable|manageable|good|enough|done|ready|alright)
(consensus|preference|tendency|opinion|mood|feeling) (is |was |are )?(leaning|moving|going|towards?)
(no|not in a|in no) (rush|hurry|urgency)
(room|scope) for improvement
unless (anything|something|things|circumstances)
nice[- ]to[- ]haves?

[what]
(bolster|bolsters|curb|curbs|deepen|deepens|broaden|broadens|accelerate|accelerates|intensify|intensifies|simplify|
  simplifies|refine|refines|moderni[sz]e|rationali[sz]e|harmoni[sz]e|fine[- ]tune|tweak|tweaks|consolidate)<bare>
tighten(s)? (the |our |up )?(controls?|rules?|security|discipline|supervision|procedures?|checks|oversight|polic(y|ies)|
  management)
(expedite|expedites|expediting)
(deprioriti[sz]e|prioriti[sz]e)s?<bare>
(cut|cuts|cutting|slash|relax|ease|trim) (the |our |any )?(costs?|waste|spending|overheads?|red tape|corners|expenses|
  consumption|downtime|delays?|rules?|controls?|agenda|budget|pressure|burden|restrictions?|workload|backlog)<bare>
(investigate|investigates|investigating|examine|examines|discuss|discusses|discussing)<bare>(?![^.;]*\band\b)
(talk|talks|speak|speaks|chat|chats) (to|with)<bare>
(ensure|ensures|ensuring|guarantee|guarantees) (that )?((the|a|an|all|our|every) )?(smooth|proper|adequate|timely|good|
  full|high|correct|appropriate|effective|efficient|orderly|compliance|quality|safety|readiness|alignment|continuity|
  consistency|visibility|transparency|everything|things|cooperation|coordination)<bare>
(manage|manages|managing|set|sets) expectations
(take|takes|taking) (full )?ownership
(get|gets|secure|seek|obtain) buy[- ]in
loops? (in (?=[a-z]+\b)(?!cable|line|code)|<words>in(?= ?([,.;]|$)))
heads[- ]up
(sanity|sense|temperature|gut|reality)[- ]checks?
(work|works|working) with (?=(the )?(marketing|legal|hr|it|finance|sales|procurement|operations|purchasing|engineering|
  compliance|quality|them|him|her|us|all|other|partners?|colleagues?|suppliers?|vendors?|teams?|departments?|
  facilities|security|residents?|customers?|clients?)\b)<bare>
make sure( that)? (everything|things|it|all|everyone)<bare>
(get|gets|be|is|are|stay|stand) (all |fully |everything )?(ready|prepared)( for| to)<bare>
(prepare|prepares|preparing) for<bare>
(be|stay|remain|stand) (on standby|alert|vigilant)<bare>
(reflect|reflects) on
(take|takes|taking) note( of)?(?! [0-9])
(provide|provides|give|gives|offer|offers|share|shares) (some |more |any |their |your |regular )?(input|feedback|
  guidance|insights?|direction|clarity|context|advice|encouragement|thoughts)<bare>
(interface|engage|engages) with<bare>
(monitor|monitors|monitoring|oversee|oversees) (the|all|any|our|closely|how|whether|for)<bare>
(tackle|tackles|tackling) (?!box|shop|block)(?=[a-z]{3})
(drive|drives|driving) (adoption|change|growth|sales|improvement|innovation|engagement|efficiency|progress|results|
  uptake|quality)<bare>
(run|runs) with (it|this)(?= ?([,.;]|$))
take (point|the lead)( (on|in))?
(gear|gears|gearing|skill|skills) up
(keep|keeps|keeping|stay|stays) <words>(on track|on schedule|on course|aligned|focused|in the loop)
accordingly(?= ?([,.;]|$))

[open]
to be (arranged|scheduled|considered|explored|sorted( out)?|worked out|firmed up|notified|looked at|negotiated|settled|
  reviewed|assessed|addressed|handled)(?= ?([,.;]|$)| (later|separately|in due|as)\b)
(and|or) others?(?= ?([,.;]|$))
among(st)? other things
for further (study|review|discussion|consideration|thought|action|analysis)
(discuss|agree|take|handle|decide|settle) <words>(offline|separately)
"""
