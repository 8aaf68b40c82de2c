"""What holds a vague word of the English list and is not vague; see `store.rules.vague`."""

WORDS = r"""
[innocent]
(approximately|about|around|roughly) (?=[^.;]{0,24}(,? (i\.e\.|that is)|between|±|\+/-))
(the )?(relevant|responsible|competent|appropriate) (department|team|party|person|unit)s?(?=, (?!(including|such|and|
  as|if|who|which|to|please|especially|in|by|or)\b)[^,.;]{1,40}(,|\())
(the )?(relevant|concerned|appropriate|responsible|respective) (department|team|party|parties|person|
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
(minutes?|hours?|days?|weeks?|months?|years?|quarters?) later
or (later|earlier|longer|shorter|higher|lower|larger|smaller|more|less|fewer|above|below)
later (that|the same|versions?|than|today|on [0-9])
(the )?(higher|larger|greater|lower|smaller|longer|shorter) of
(larger|bigger|smaller|greater|fewer|longer|shorter|higher|lower|heavier) than
(open|multiple)[- ](source|air|plan|day|house|choice|end|ended|heart|pit)
(part|most) of (?=the (contract|lease|agreement|annex|document|building|plot|site)( [0-9]|,|\.))
(chase|chasing) (number|plate|nut)
(stuff|stuffed) (animals?|toys?)
(modern|proper) (times|art|languages?|slavery|noun|names?)
(minor|major)(?=( version| release| axis| scale| key| league|,))
(due|standard|duty) (of )?care
care (home|homes|plan|plans|worker|workers|unit|assistant|staff)
(attention|support|assist|help|soon|later|flexible|modern|proper|neat|sensible)(?=[:=])
(flexible) (hose|hoses|duct|tube|tubing|pipe|pipes|coupling|working|cable|budget)
(open|pending)(?= (from|until|on|at|since))
(temporary|interim) (works|contract|staff|worker|licen[cs]e|report|manager|director|dividend|injunction)
(additional|extra|further|spare) (?=[0-9])
(address|focus|support|monitor|stuff|chase|ping|polish|champion|promote|flexible|check)(?=[.:_/-][a-z0-9])
(enough) rope
(last|past|first|next|coming|following) (two|three|four|five|six|seven|eight|nine|ten|twelve|[0-9]+) (days|weeks|
  months|hours)
(quick|swift|rapid) (service|release|test|response)
(polish|polished) (remover|language|translation|version|branch|office|team|market|law|zloty|subsidiary|edition)
(watch|monitor|observe) (strap|arm|stand|cable)
(letters?|emails?|mails?|notes?|memos?|reports?|complaints?|questions?|quer(y|ies)|information|notice|training|lecture|
  calls?|leaflets?|articles?|books?|films?|pages?|sections?|paragraphs?|chapters?|stor(y|ies)|sessions?|concerns?|
  news|details|data|facts|all) about
(emails?|writes? to|asks?|tells?|informs?|reminds?|warns?|notif(y|ies)|briefs?|phones?|consults?) [a-z. ]{1,30}? about
(tape|barriers?|cordon|path|perimeter|margin|border|buffer|radius|zone|kerb|hoarding|film|insulation|line|ring|moat|
  hedge|seal|scaffold|scaffolding) around
(the|a|this|that|our|new|signed?|year) deals? with
(the|all|no|this|repair|building|construction|civil|electrical|steel|roof|painting|drainage|maintenance|road|stop|stops|
  stopped|suspend|suspends|halt|halts|resume|resumes) works? on
works? on (?=(the )?([a-z]+ )?([a-z]*[0-9]|[a-z]+ (stops|starts|ends|begins|is (stopped|suspended|halted))))
(beams?|brackets?|columns?|pillars?|truss|frame|plate|rails?|shelf|wall|version|browser|printer|firmware|device|driver|
  app|system|plugin|model|phone|release|tablet|scanner|camera|server|api|[a-z]?[0-9.]+) supports (the|all|each|other|
  this|its|their)
(a|the|data|safety|digital|wellbeing|change|product|energy|quality|brand|diversity|super|sales|ward|infection|world|
  regional|national|league|each|one|per|as) champions?
as well(?! as (possible|practicable|they|we|you|he|she))
(oil|gas|water|lift|stair|light|test|monitoring|bore|ink|injection|wet|deep|production) wells?
well (no|number|head|casing|pump|water|site|test|log|screen|cap|[a-z]{0,3}-?[0-9])
boost (pump|converter|gauge|pressure|hose|valve|mobile)
(minimi[sz]e|maximi[sz]e) (button|icon)
leverage (ratios?|points?)
(financial|operating) leverage
curb (stones?|cuts?|height|ramps?)
flexible (benefits|bags?|packaging|films?|seals?|joints?|conduits?|circuits?|spending|endoscope|sigmoidoscopy|learning|
  connectors?|connections?|barrier|sealant|tariff|savings|couplings?|hours|leave|printed|container|hosepipe|membrane)
proper (shipping|fraction|motion|subset)
(least|most|statistically|three|two|four|five|[0-9]+) significant
significant (figures?|digits?|bits?|events?|others?|accounting|influence|shareholder|wave)
substantial (completion|shareholders?|transactions?|performance|presence)
reasonable (adjustments?|doubt|assurance|suspicion|accommodation|person test)
beyond( a)? reasonable
(minor|major|small) (works?|repairs?) (contract|permit|tender|framework|budget|programme|control|contractors?|team|
  order|agreement|panel)
lower (deck|ground|secondary|school|primary|jaw|limbs?|legs?|lobe|basement|chamber|hall|car|gate|shelf|yard|pond|tank|
  seal|bearing|bracket|panel|rail|section|box|drawer|bunk|berth|edge|flange|casing|hinge|hull|road|street|body|arm|plate|
  roller|cylinder|case|tier|saddle)
higher (diploma|degree|rate|national|certificate|tier|apprenticeship|institute)
(longer|shorter|larger|smaller) (side|edge|leg|end|arm|axis)(?= )
joint and several
(a|the) (range|variety|lot|selection|series) of (?=[0-9])
provisional (sums?|licen[cs]es?|patents?|tax|acceptance|application|budget|assessment|grades?|diagnosis|registration|
  certificates?|accounts|measure|list|order|injunction|liquidators?|government|allotment|invoices?)
(park|parking|driver|lane|brake|power|hill|steering|vacuum|pedal|side)[- ]assist
assisted (living|dying|area|places|reproduction|conception|passage|wheelchair|digital)
(computer|power|laser|robot|machine|air|steam|ai|tool|vacuum)[- ]assisted
fostering (panel|service|team|allowance|agency)
foster (care|carers?|home|family|parents?|placement|\+|and)
necessary and sufficient
sufficient (condition|reason principle)
(the|a) (likelihood|probability) (column|score|of|is|scale|rating|table|map)
(normally|usually)[- ](open|closed|energi[sz]ed)
general(ly)? (accepted accounting|anaesthetic)
frequently asked
(often|frequently|mostly|partially)-[a-z]
regular (size|grade|expressions?|season|verb|customers?|army)
periodic (table|inspection (certificate|report)|tenancy|function)
frequent (flyer|flier|traveller)
(comprehensive) (insurance|school|income|cover|polic(y|ies)|motor|maintenance contract|metabolic|examination|spending|
  plan|university|test)
high[- ]level (alarms?|languages?|disinfection|switch|sensor|tank|waste|group|forum|meeting|bridge|platform|injection|
  design)
smooth (muscle|jazz|operator|finish|bore|pipe|wall|rod|roller|side)
thorough examination
tangible (assets?|fixed|net|book)
(best|good) practices? (guide|award|forum|note|handbook)
(clinical|laboratory|manufacturing|distribution|agricultural) practices?
good (clinical|laboratory|manufacturing|distribution|agricultural|documentation) practices?
in the interim (?=(report|accounts|statement|dividend|review))
limited (access (road|key|area|highway)|time offer|use permit)
(maximum|minimum) (use|support|time|delay|amount) (limit|of|is)
most (?=(famous|serious|previous|significant|senior|recent|wanted)\b)
affected (areas?|sites?) (map|list|plan)
common practices? room
"""
