"""Vague words of minutes in English: what is half promised, what has no result; see `store.rules.vague`."""

WORDS = r"""
[commitment]
as (discussed|agreed|talked about|mentioned|usual|before)(?= ?([,.;]|$))
(could we|why don't we|how about|what if|shall we|should we|do we want|would it)
(cross that bridge|play it safe|take it from there|take it offline|kick the can)
(give|gives) it a (go|try|shot|whirl|push)
within reason
(feel|feels) free to
(use|uses|using|exercise|show|shows) (their |his |her |your |its |good |some |more |due )*(common sense|
  judge?ment|discretion|
  patience|restraint|flexibility|understanding)
(under|in) (consideration|discussion)
being (looked at|considered|looked into|discussed|evaluated|explored)
(in the pipeline|on the radar|in the works|on the cards)
(as usual|as before|as always|the usual way|in the usual (way|manner)|like last (year|time))
(on a )?case[- ]by[- ]case( basis)?
(ought|supposed) to
should (ideally|really|probably|normally|generally|usually|also|think|consider|look|try|be able|maybe|perhaps|do)
(revisit|revisits|revisiting|reconsider|reconsiders|rethink)
(get|gets|getting|come|comes|coming) back (to|on|with)( [a-z]+)?
(have|has|having|take|takes|taking|give|gives) (it |this |that |the [a-z]+ )?(a|another|some) (quick |closer |
  careful |good |
  bit of |further |second )?(think|look|chat|word|go|stab|crack|thought|read|ponder)( (about|at|with|to|into|on))?
(bear|bears|keep|keeps) (this|that|it|the [a-z]+) in mind
(hopeful|confident|optimistic)( that| of)?
(it is|it's|we are|we're|is|are) (hoped|planned in principle|thought|assumed|envisaged|anticipated|
  foreseen)( that| to)?
(we|i|they|he|she) (think|thinks|guess|guesses|reckon|reckons|assume|assumes|suppose|supposes|believe|believes|
  hope|hopes|imagine)
(in all|the) (likelihood|probability)
(fingers crossed|touch wood|god willing|all being equal|all going well|with luck|luck permitting)
(if|when|as|where|provided|unless|should) (the |our |their |any |we |they |you |it )?[a-z ]{0,24}(permit|permits|
  allow|
  allows|permitting|allowing|demand|demands|dictate|dictates|warrant|warrants|suits?)
permitting
(if|should) (there is|there's|we have|they have|we get|he has|she has|you have|anyone has) (any |some |enough |
  still )?(time|
  money|budget|capacity|room|interest|demand|need|a need|a chance)( left)?
(if|where|when|as|whenever|wherever) (really |deemed |considered |thought |felt |and when |and where )?(necessary|
  needed|
  required|appropriate|possible|feasible|suitable|desirable|useful|helpful|sensible|convenient)
if (all|everything|things) (goes|go) (well|smoothly|to plan|according to plan)
if (in doubt|push comes to shove|the need arises|need arises|pushed|it comes to it|it helps|he likes|she likes|
  they like)
(as|when) (the need|need|occasion) (arises|demands|requires)
(subject|according) to (availability|capacity|workload|weather|need|demand|circumstances|the situation|budget|mood|
  resources|the weather|local conditions)
(depends|depend) on
(see|sees|seeing|check|checks|find out|finds out) (if|whether|how|what) <words>(can|could|might|would|works?|goes|
  happens|
  is possible|be done)
wait and see
play it by ear
(do|does|doing) (what|whatever|everything|all|something|anything) [a-z ]{0,16}(can|could|possible|about)
(more|less) likely
(if|unless) (someone|somebody|anyone|anybody) (objects|minds|wants|asks|feels)
(would|should|could) (be )?(nice|good|great|useful|helpful|better|preferable|appreciated)
(is|are) (encouraged|welcome|urged|invited|advised) to
on a best[- ]efforts? basis
in spirit
in the main
for the most part
as a rule of thumb
(tend|tends|tending|incline|inclines|inclined) to(wards)?
(lean|leans|leaning) towards?
toy(ing)? with
(plan|plans|planning|mean|means|meaning|intend|intends) to (look|think|try|explore|consider|discuss|review|revisit)
at (management's|the manager's|the team's|one's) discretion
(flexible|flexibly)
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
(raise the bar|move the needle|hit the ground running|go the extra mile|step up our game|join forces|team up|
  chip in|pitch in|muck in|
  pull together|pull (our|their) weight|think outside the box|low[- ]hanging fruit|deep dive|drill down|dig into|
  keep tabs on|
  get a (feel|handle)( for| on)?|stay on (top|it)( of)?|nip [a-z ]{1,12}in the bud|drive home|get moving|
  get cracking|roll up)
(keep|keeps|keeping) <words>(posted|informed|updated|in the loop|up to speed|up to date|in check|under review|
  under control)
(be|get|gets|keep|stay|stays) in touch( with)?
(work|works|working|figure|figures|iron|irons|straighten|straightens) (it |this |things |that |the [a-z]+ )?out(?! of)
(chase|chases|chasing|nudge|nudges|ping|pings)(?! (number|light))( up)?
(check|checks|catch|catches|sync|syncs|align|aligns|confer|confers|engage|engages|connect|connects|interact) (in |
  up )?with
(coordinate|coordinates|co-ordinate|coordinating) <words>(as|with|between|among|better|more|closely)
(get|gets|getting) (on with|to grips|the ball rolling|on top of|to it|round to|around to|up to speed)
(bear|be|being|is|are) (in mind|mindful|aware|careful|vigilant|proactive|alert|sensitive)
(be|being) (more )?(careful|mindful|proactive|considerate|attentive|diligent)
(improve|improves|improving|streamline|streamlines|streamlining|optimi[sz]e|optimi[sz]es|boost|boosts|maximi[sz]e|
  maximi[sz]es|minimi[sz]e|minimi[sz]es|revamp|polish|tidy up|freshen up|beef up|ramp up|scale up|firm up|
  smooth out|shake up)(?=[^.;0-9%]*([.;]|$))
(promote|promotes|encourage|encourages|stimulate|nurture|champion|leverage|spearhead|empower)<bare>(?![^.;]* to [a-z])
(tackle|tackles|address|addresses) (the |this |these |any |all )?(issue|issues|problem|problems|matter|concerns?|
  topic|situation)(?! ?#?[0-9])
(look|looks|looking) (after|into|at|again at)
(do|does|doing) something
(monitor|monitors|monitoring|watch|watches|observe|observes) (the |this |its |their )?(situation|development|
  developments|
  progress|matter|closely|trend|market|things)
(sort|sorts) out
(oversee|oversees) things
(give|lend|lends|gives) (a hand|support|a helping hand|assistance|backing)
(be )?(supportive|helpful|responsive|cooperative)
(take|takes|taking) (the necessary|appropriate|all necessary|due|proper|suitable|further|some) (steps?|care|measures?|
  action|account|precautions)
(take|takes|taking) (this|it|these|that|the [a-z]+) (forward|on board|into account|into consideration|up|further)
(build|builds|building|raise|raises) (awareness|momentum|bridges|trust|morale)
(with|give|gives|giving|due) (due |proper |full |appropriate |special )?(care|diligence|regard|consideration|
  attention)
(carefully|thoroughly|diligently|conscientiously|attentively|proactively|constructively|sensibly|seriously|vigorously)
(bring|brings|bringing) (it |this |things |everyone |[a-z]+ )?(up to (speed|scratch|date)|into shape)
(make|makes) (sure )?(things|it) (work|run|go|better|nicer|happen)
and (things|stuff|that) like that
(bits and (pieces|bobs)|odds and ends|loose ends|stuff)
(put|puts) (more|some|extra) (effort|work|focus|emphasis|thought|pressure)
(focus|focuses|focusing|concentrate|concentrates) (more )?on
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
(push|pushes|pushing|drive|drives|driving|move|moves|moving) <words>(forward|ahead|along)(?! (to|by|from|of) )
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
"""
