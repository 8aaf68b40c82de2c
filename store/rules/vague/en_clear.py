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
"""
