<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>TriggerStudio</name>
    <message>
      <source> (and {0} more)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> ({0} times)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> and </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> and only if …</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> and others</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> each</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> from {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> in </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> in every project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> in “{0}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> of </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> of anyone</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> or </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> where </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> · lag {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> · otherwise</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> · yes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source> · {0} tries</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>%n engine(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n event(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n firing(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n gate(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n job(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more reason(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n other rule(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problem(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rule(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n step(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>'{0}' has {1}, marked in the form</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>, all at once</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>, as many as </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>, at least </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>, then </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1 found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>; it starts costly jobs, so it waits for an admin's approval</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>; otherwise: </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>; so that it fits, {0} changed too</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A draft of yours was kept:</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A mail goes out whenever any job fails, with the kind of job and its number.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A name, an effect (“what can submit 4k jobs?”), an entity…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A recent event</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A region for each character</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A region for each project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A rule needs at least one action.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A scene is first made in a low resolution; once it is approved there, it is generated again in 4k.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A scene that could not be generated gets the status “needs review”, and a mail goes out so that a person takes it up.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>About</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Actions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a box of conditions inside this one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a condition</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a condition to this box</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a parameter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add an action</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Afterwards: {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All at once</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All of them count.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Alt+Up and Alt+Down change which rule goes first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An approved 8k variant does not start its costly scene by itself; an admin is asked first, and has two days to answer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An example that fits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>And only once all of them are there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Any</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Any status</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Approve</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Approve a scene that passes its checks, flag any other</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Approve this rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Approved “{0}” as it is published.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Approved; the firing goes on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Approve…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Arrow keys walk along the edges, Enter opens a step.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As soon as a person approves a variant of 1080p or better, a scene is generated in the same resolution.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask an admin before anything is generated in 8k</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask before a failed cut is started again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask for the approval of a packaged delivery</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask whether it is {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Asks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Asks first, and says what it starts and costs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attributes other than the entity's own</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Audit trail</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back to what is published; can be undone</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Because of</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Before this can be foretold, {0} must be mended:</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Begin a rule as a private draft</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Begin with a rule that others use</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Box</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Branch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bring rules in from a file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>By event</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>By project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Call a web address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Calls a web address of your tracking system with the delivery's number, as soon as a person approves the delivery.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cannot be published before {0} is mended; it is kept as a draft</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Caused by</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Chain graph: {0} rules, {1} steps</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changes nothing (Ctrl+T)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Channel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Characters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check 4k scenes twice and hold them to a higher bar</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check a finished scene and tell the supervisor at the same time</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check every finished scene</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Click a rule in the list or on the flowchart to see and change it here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close the message</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close the replay (Esc)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Commands; type to find rules and more</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compare with nothing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Condition</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy steps or rules, also for other windows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy the selected steps or rules beside them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Count everyone</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Counting only those where</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Create</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ctrl+Return</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cut</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete for everyone</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete {0}?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Deleted {0}. Undo brings it back as a draft, to be published anew.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Depth</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Describe one here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Did</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Discard</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Discard draft</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drafts are also saved by themselves (Ctrl+S)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drafts kept</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drag to another place, or press Alt+Up and Alt+Down</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dry run</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dry run panel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Duplicate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>EMERGENCY HALT</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Each finished scene is checked. If more than 80 % of the checks pass it is approved, else it is put aside for review.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Earlier</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Edit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Emergency halt</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Engine</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Engine failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Engine off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Engine on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Engine waits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Engines stop following what is published at once, for everyone; what has started goes on, and the history stays. Undo brings it back as a draft, which has to be published and approved anew.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Event</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every {0} job fails</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Everything is halted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Everything is halted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export the chart…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export the flowchart</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export the selection</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>File</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Find anything</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Find anything…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Find rules, commands, gates and jobs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Flowchart of the rules</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fold every rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fold the rule into one card, or unfold it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For example: {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For scenes of 4k and more two kinds of checks run side by side; only if 90 % pass, the scene is approved by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Further away</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>GPU hours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>GPU-hours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Gate: {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Gates</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Gates ({0})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Generate a scene when a variant is approved</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Generate the first variant of a new character</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go on where people are asked, as if they said yes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go to the first problem</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go to the flowchart</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go to the rule's form</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go to the rules</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Graph as data (*.json)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Graphviz (*.dot)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Group by character</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Group by project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Group rules by</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Grouped rules keep their places; end the grouping to move cards.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Halt everything now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Halt or resume</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Halt the project now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Halt the project {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Halt the rule now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Halt the rule's project…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Halt the rule…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Halt {0}…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Halt “{0}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Halted: {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Halted: {0} {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Halted…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Halt…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Have a finished cut signed off before it is packaged</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Have an admin approve it: it starts costly jobs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Have the halt lifted: nothing starts while it stands.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How far what it waits for is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How it is compared</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How long it waits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many events it would have matched</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many there must be</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many {0}s {1} needs is not known: its {2} is no number.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How often it is tried</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How the actions run</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How the conditions combine</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How their number is given</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How {0} is compared</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Id</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>If a scene of 1080p or more fails, it is generated once more in 720p. If that fails too, it is left alone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>If it is not known:</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>If joining the scenes fails, a creator is asked whether to try again; a yes starts it once more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>If {0} is not known</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>If “{0}” fires, this would happen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>If … otherwise …</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Import rules</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Import rules…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Imported {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Insert a step</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Insert a step…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It begins as a private draft; nobody else sees it before you publish it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It begins as your private draft; nothing runs before you publish it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It belongs to no {0}, so there is nothing to wait for, and it does not fire.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It can be tested once its problems are mended.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It cannot run yet. First:</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It fires anew each time such an event comes in, also for the same {0}. One and the same event never fires it twice.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It fires once for each {0} when all are there. It fires again only after something changed: one of the {1} was added, or was taken back and brought to that status anew. The same again fires nothing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It may start {0} →</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It starts costly jobs, so it fires only once an admin approves it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It will start {0}, {1} and {2} GPU-hours:</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Job</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Jobs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Jobs that fail</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Jobs that run now go on; what happens meanwhile is held, not lost.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Join the scenes when all of them are done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Jump to what may start this rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Jump to what this rule may start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep mine as a draft</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep them and close this message</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Later</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Let the rule start costly jobs, as it is published</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Load theirs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Longest chain</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make an approved scene again in 4k</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make the draft the rule that engines follow</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make this rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mend what is marked in its form, and publish it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mermaid (*.mmd)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Message</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Method</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Moment of the chain</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>More</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>More for {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>More…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Most recent: {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move down (Alt+Down)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move the step earlier</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move the step later</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move up (Alt+Up)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name of the parameter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name of the secret</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nearer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New from the gallery…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New rule for when it fails</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New rule from the gallery</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New rule that follows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New rule…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No character of its own</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No condition yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No conditions: every such event counts.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No event can be thought of for which all its conditions hold at once. Look at them again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No job fails</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No rule has submitted a job yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No rule matches; it will only be recorded, and set the status.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No rule starts another action anywhere until somebody resumes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No rule starts another action in this project until somebody resumes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No {0} has been {1} yet: the preview uses an example.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nobody has changed anything yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None ticked: any character</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not grouped</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not published: {0}. It is kept as your draft.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing happens.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing has all of these words.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing in it yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing like that; try another word</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing of the kind happened in {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing on the flowchart moves by itself</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing waits for a person.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing will start now:</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing would happen: no rule that is switched on matches this event.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing yet. Switch the engine on and raise an event: every firing appears here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Notify by {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Once all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One by one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One moment back (Left)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One moment on (Right)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only how you see it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only if</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only if …</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open or close {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Otherwise nothing happens. Add here what should happen then.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Package the delivery when all scenes are approved</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Page (*.pdf)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Palette</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Palette: Enter puts a thing after the selected step</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Parallel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paste</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paste steps after the selected one, or rules</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pause (Space)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>People approve what is asked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Picture (*.png)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Play (Space)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Preview</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Preview: nothing happens</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Priority</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Publish</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Publish (Ctrl+Return)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Publish it: so far it is your private draft, and no engine follows it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Publish mine instead</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Published “{0}”{1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Put a failed scene aside for review and tell somebody</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Put a step after the selected one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Put every card back where the layout wants it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Put into a branch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Put into a parallel group</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Put into a sequence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Put the rule's cards back where the layout wants them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>QA</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>QA pass rate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>QA runs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Question</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Raise an event for real</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Raise an event; asks first, and says what it starts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Raised: {0} {1} {2}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading the rules…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reason</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reason for the answer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reason, if you like; it goes into the log</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Redo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reduce motion</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Refuse</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Refused; the firing fails.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove the condition on {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove the empty box</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove the parameter {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove this action</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove this box</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove this condition</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove “{0}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Replay</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Replay the chain</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Resume and discard it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Resume and run what was held</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Resume {0} and discard what was held</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Resume {0} and run what was held</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Resumed; what was held is discarded.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Resumed; what was held runs now.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rule, entity or chain</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rules</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rules (*.yaml *.yml *.json)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rules by name, effect or entity, and every command</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rules stand where their chains put them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run for real</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run for real: {0}, {1} GPU-hours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run for real…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run “{0}” for real</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save draft</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Scalable picture (*.svg)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search rules</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search the gallery</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search, or type another</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Secret</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>See what an event would start. Nothing is changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>See what an event would start; changes nothing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>See whether each condition holds for an event; nothing happens</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select a job to see what started it and what it started.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select a rule to see here what would happen if it fired.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select a step or a rule first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select an entry to see all of it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select one step first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Send a notification</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sends</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sequence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set the status</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Several at once</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Several one after the other</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show a chain as it went, step by step</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show everything</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show me</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show only log entries with</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the chain as it went, step by step</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the palette without words</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Since</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Somebody has changed {0} since; that part stays as it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Somebody has published a newer revision since you began. Nothing of theirs or yours is lost.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Something went wrong in the program itself: {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Speed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>State</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Status</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Still to fill in: {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop every rule everywhere</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop every rule in the selected rule's project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop the selected rule; the others go on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop this rule, or its project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped by hand to look into something</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stops until a person has {0} {1} {2}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stops until the {0} says yes{1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Submit a job</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Submitted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Switch it on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Switch on or off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Switch the engine in this window on or off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Switched on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Switched {0} {1}, for every engine at once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take the group apart</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take the selected steps or rules out</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tell everybody when the whole project is delivered</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tell somebody when a job fails</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tell the production tracker when a delivery is approved</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Templates</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Test conditions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The attribute that holds their number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The checks start and the mail goes out at once; neither waits for the other.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The clipboard holds rules of another version; needed is “format: {0}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The copied text cannot be pasted: {0}{1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The copied text is a bundle without rules.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The copied text is no bundle of rules; one begins with “format: {0}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The event to test the conditions against</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The firing in full</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The preview uses an example that fits.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The priority of {0} is {1} now{2}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The rule as a sentence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The rule does not fire further down a chain than this, so that no loop runs away.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The selection or all, as picture or text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The standard checks are run on each scene as soon as it is completed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The status</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The status all must have</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Theirs stays in the rule's history</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Then do</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is nothing on the clipboard that can be pasted here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This is no preview. It really happens: every engine on this pipeline acts on it at once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This must be filled in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This really happens, and cannot be undone</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This rule only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This rule starts no other action until somebody resumes; the others go on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tidy up everything</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tidy up the rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Time</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Times out</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>To</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>To the beginning (Home)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>To the end (End)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tools</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tries</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Trigger Studio</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Trigger log</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try a failed scene again in a lower resolution</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try again from where it failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Turn into a group</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unfinished</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unfold every rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ungroup</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use a list of just “{0}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use the number {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use the text “{0}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use “https://{0}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use “{0}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Value of {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>View</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Wait for a person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Wait until it is finished before going on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Wait until the {0} says yes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waits until every one has a status, such as: once all nine scenes are approved</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waits until every scene of the character is approved, then packages them. With the last approval it goes by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Web address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What followed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What happened at that moment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What happens</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What happens to it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is asked about</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is sent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is waited for</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What it does, in a few words</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What it is about</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What it is compared with</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What it started</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What it will start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What should happen? Such as: approve, retry, mail, 4k</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What started it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What started the job, and what it started</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the event is about</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What was found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What would happen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What would happen if the selected rule fired</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What {0} is compared with</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>When</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>When </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>When a character is approved, its first variant is made in a low resolution, so that there is something to look at.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>When a delivery is packaged, the producer is written to that it waits for an approval.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>When it is not known</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>When one event starts several rules, the highest goes first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>When the last delivery of the project is approved, one mail goes to all who should know.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>When the last scene of a character is completed, the scenes are joined to one film.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>When the scenes are joined, an admin is asked to watch the result. Only after a yes it is packaged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whether the rule matches this event</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which action</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which job</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which web address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which web address?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Who</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Who decides</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Who gets the mail?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Who is told</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whose events count</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whose they are</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whose? (none ticked: anybody’s)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Why there is no preview</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>With</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>With my drafts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>With the event you test with: {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Would have matched at least {0} in {1} (still counting: {2} looked at)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Would have matched {0} in {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Wrote {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You are admin here (roles come with a shared server)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a branch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a condition belongs to a rule’s event: drop it there; for a choice between actions take “If … otherwise …”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a condition on the event of {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a condition's field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a gate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a group</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a halt stands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a job</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a message</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a new rule begins here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a new rule for “{0}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a notification</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a parallel group</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a person decides</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a rule cannot follow itself; that would never end</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a rule has one event, at its beginning: drop this there, or on empty ground for a new rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a sequence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a status</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a webhook</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>about {0}{1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>action</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>add a condition</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>add {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>admin</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>after {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>all at once</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>all done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>all of these hold</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>all {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>among</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>an action cannot come before the rule’s conditions; drop it after them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>an admin has not approved it as it is now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>and</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>and they are</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>any character</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>any of these holds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>any {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>approved</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>are</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>are approved</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>are completed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>are set to {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>as a new draft</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>as known; or tier=4k, …</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>as many as its</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>asks that {0}, which is never so for what this raises</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>at least</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>at once</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>at the end of {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>at the same time</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>because {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>begin {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>begin “{0}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>between</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>call </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>change {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>change {0} things</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>change {0} to {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>character</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>characters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>completed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>completes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>concatenation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>concatenations</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>contains</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>delete {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>deliveries</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>delivery</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>dialogue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>disabled</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>discard the draft</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>discard {0} drafts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>discarded by a person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>does not contain</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>does not hold</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>does not start with</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>draft</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>drop it on a step, on a line between steps, or in a rule’s box; an event on empty ground begins a rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>drop it on another rule’s event, or on empty ground for a new rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>duplicate {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>email</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>establishing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>event {0}: {1} {2}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>every project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>fails</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>false</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>first in {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>for ever</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>for example {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>goes on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>goes on at once</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>halted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>has failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>has problems</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>have failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>held</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>here, where nothing is done yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>how long it waits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>how many there must be</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>how the actions run</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>how {0} is compared</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>if </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>in every project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>in rule {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>into {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is above</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is approved</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is at least</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is at most</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is below</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is between</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is completed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is known</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is less than</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is more than</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is none of</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is not</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is not known</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is not other than</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is one of</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is only for {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it belongs to no character</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it belongs to no project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it belongs to no {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it does not match</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it goes there already</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it has already fired for just this</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it has started too often for this one within the hour</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is about a {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is of the project {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is of {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is the first already</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is the last already</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is there already</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it matches</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it needs an admin's approval</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its chain is too long already</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>job</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>job type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>jobs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>leads to</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>let {0} follow “{1}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>let {0} go {1} {2}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>listen for “{0}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>longest chain</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>missing: {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>montage</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>move a card</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>move {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>move {0} cards</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>move {0} to {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>move {0} {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>name a parameter {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>name of a secret, never the secret itself</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>needs an admin's approval</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>needs approval</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>needs review</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>never</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no pipeline is open yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no {0} is there yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no, so otherwise</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>none of</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>none of these holds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not all of them are there yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not among</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not finished</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not known</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not published yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>nothing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>nothing can be put inside itself</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>nothing happens</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>of</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>of any character</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>of anyone, or of no character at all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>of these characters only:</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>on yes of {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>once </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>one after the other</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>one, two, three</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>only actions can be moved about; the event and its conditions come first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>only {0} of {1} are there yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>or</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>package delivery</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>packaging</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>paste {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>priority</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>private draft</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>problem</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>project {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>projects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>put {0} into {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>qas</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>refused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>remove {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>replace {0} by {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>resolution tier</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>revision {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>rule starts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>rules start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>scene</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>scene generation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>scene type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>scenes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>sees only what happens in {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>set status to </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>something</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>something else</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>start concatenation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>starts with</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>steps of several rules cannot be copied together; select steps of one, or whole rules</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>supposing {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>switch it off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>switch it on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>switch {0} {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>switched off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>switched on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>take {0} apart</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>take “{0}” away</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the actions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the budget is spent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the chain is too long</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the condition on {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the conditions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the event</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the event you test with does not match</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the job</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the join</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the last {0} days</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the longest chain</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the message</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the parameter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the question</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the rule is switched off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the same {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the secret</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the status</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the tries</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there are too many rules with the highest or lowest priority; change one of them first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no action here to copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no action of the type '{0}'</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no action to paste</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no rule to copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is nothing here that can be deleted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is nothing here to copy: select steps or a rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is nothing inside</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this box</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this rule is no longer there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this step is no longer there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>tidy up everything</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>tidy up the rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>title</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>too many firings within an hour</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>trigger QA</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>true</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>variant</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>variant generation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>variants</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>wait for </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>waits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>what happened is “{0}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>what is sent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>what is waited for</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>what it is about</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>which came from {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>who is told</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>whose events count</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>whose they are</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>with</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>within {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>would be held</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>would not start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>yes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} (unknown)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} GPU-h</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} GPU-hours, needs approval</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} and {1} more</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} between {1} and {2}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} does not fit here; needed: {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} does not fit: {1} is {2}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} drafts of yours were kept:</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} follows from this already</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} held</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} hold</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} in the pipeline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} is a draft of yours until you publish it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} is missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} is not finished; give it an event first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} is only a draft: switched {1} there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} job</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} job {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} listens for that already</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} listens for “{1}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} listens for “{1}” now, no longer for “{2}”; undo takes it back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} of its conditions hold</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} of {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} of {1} {2}s of {3} {4}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} one of {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} raises no event, so no rule can follow from it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} running</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} to </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} to mend before it can be published</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} to {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} tries again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} waiting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} {1} {2}: {3}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} · at the same time</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} · by a person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} · {1} · revision {2} · {3}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} – Trigger Studio</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} →</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0}, and this is about {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0}, and {1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0}, {1}, {2} GPU-hours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0}: click to change it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0}: drag it onto the chart, or press Enter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0}; whether all were there at the time is not counted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{{ event.entity_id }} and the like are filled in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{0}” is not finished yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{0}” would never fire</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{0}” would not start for this one. Choose another, or test its conditions in its form.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>… and {0} more</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>… completes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>… fails</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>… is approved</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>← {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>← {0} may start it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>↑ ↓ choose   Enter go there   Esc close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>✓  All conditions hold for this event.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>✗  It does not match this event.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>✗  It does not match this event: {0}.</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
