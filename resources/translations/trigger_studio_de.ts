<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>TriggerStudio</name>
    <message>
      <source> (and {0} more)</source>
      <translation> (und {0} weitere)</translation>
    </message>
    <message>
      <source> (revision {0})</source>
      <translation> (Revision {0})</translation>
    </message>
    <message>
      <source> ({0} times)</source>
      <translation> ({0}-mal)</translation>
    </message>
    <message>
      <source> and </source>
      <translation> und </translation>
    </message>
    <message>
      <source> and only if …</source>
      <translation> und nur wenn …</translation>
    </message>
    <message>
      <source> and others</source>
      <translation> und andere</translation>
    </message>
    <message>
      <source> each</source>
      <translation> je Stück</translation>
    </message>
    <message>
      <source> from {0}</source>
      <translation> von {0}</translation>
    </message>
    <message>
      <source> in </source>
      <translation> in </translation>
    </message>
    <message>
      <source> in every project</source>
      <translation> in jedem Projekt</translation>
    </message>
    <message>
      <source> in “{0}”</source>
      <translation> in „{0}“</translation>
    </message>
    <message>
      <source> of </source>
      <translation> von </translation>
    </message>
    <message>
      <source> of anyone</source>
      <translation> von irgendwem</translation>
    </message>
    <message>
      <source> or </source>
      <translation> oder </translation>
    </message>
    <message>
      <source> to {0}</source>
      <translation> bis {0}</translation>
    </message>
    <message>
      <source> where </source>
      <translation> mit </translation>
    </message>
    <message>
      <source> · lag {0}</source>
      <translation> · Rückstand {0}</translation>
    </message>
    <message>
      <source> · otherwise</source>
      <translation> · sonst</translation>
    </message>
    <message>
      <source> · yes</source>
      <translation> · ja</translation>
    </message>
    <message>
      <source> · {0} tries</source>
      <translation> · {0} Versuche</translation>
    </message>
    <message numerus="yes">
      <source>%n GPU-hour(s)</source>
      <translation>
        <numerusform>%n GPU-Stunde</numerusform>
        <numerusform>%n GPU-Stunden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n Tag</numerusform>
        <numerusform>%n Tage</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n engine(s)</source>
      <translation>
        <numerusform>%n Engine</numerusform>
        <numerusform>%n Engines</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n event(s)</source>
      <translation>
        <numerusform>%n Ereignis</numerusform>
        <numerusform>%n Ereignisse</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n failed firing(s)</source>
      <translation>
        <numerusform>%n Fehlschlag</numerusform>
        <numerusform>%n Fehlschläge</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n fault(s)</source>
      <translation>
        <numerusform>%n Fehler</numerusform>
        <numerusform>%n Fehler</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n firing(s)</source>
      <translation>
        <numerusform>%n Auslösung</numerusform>
        <numerusform>%n Auslösungen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n gate(s)</source>
      <translation>
        <numerusform>%n Haltepunkt</numerusform>
        <numerusform>%n Haltepunkte</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n job(s)</source>
      <translation>
        <numerusform>%n Auftrag</numerusform>
        <numerusform>%n Aufträge</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n message(s)</source>
      <translation>
        <numerusform>%n Nachricht</numerusform>
        <numerusform>%n Nachrichten</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more reason(s)</source>
      <translation>
        <numerusform>%n weiterer Grund</numerusform>
        <numerusform>%n weitere Gründe</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n other rule(s)</source>
      <translation>
        <numerusform>%n andere Regel</numerusform>
        <numerusform>%n andere Regeln</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problem(s)</source>
      <translation>
        <numerusform>%n Problem</numerusform>
        <numerusform>%n Probleme</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rule(s)</source>
      <translation>
        <numerusform>%n Regel</numerusform>
        <numerusform>%n Regeln</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n step(s)</source>
      <translation>
        <numerusform>%n Schritt</numerusform>
        <numerusform>%n Schritte</numerusform>
      </translation>
    </message>
    <message>
      <source>'min' and 'max' go with the type number</source>
      <translation>„min“ und „max“ gehören zum Typ number</translation>
    </message>
    <message>
      <source>'trigger-studio db upgrade' puts ours beside them</source>
      <translation>„trigger-studio db upgrade“ legt unsere daneben an</translation>
    </message>
    <message>
      <source>'trigger-studio log' names each by the event that began it</source>
      <translation>„trigger-studio log“ nennt jede nach dem Ereignis, mit dem sie begann</translation>
    </message>
    <message>
      <source>'values' goes with the types ordered and choice, and is needed there</source>
      <translation>„values“ gehört zu den Typen ordered und choice und wird dort gebraucht</translation>
    </message>
    <message>
      <source>'{0}' began no chain; it is an event of the chain '{1}'</source>
      <translation>mit „{0}“ begann keine Kette; es ist ein Ereignis der Kette „{1}“</translation>
    </message>
    <message>
      <source>'{0}' cannot be limited; allowed: {1}</source>
      <translation>„{0}“ lässt sich nicht begrenzen; erlaubt: {1}</translation>
    </message>
    <message>
      <source>'{0}' contradicts {1}</source>
      <translation>„{0}“ widerspricht: {1}</translation>
    </message>
    <message>
      <source>'{0}' databases are not supported; allowed: sqlite:///FILE, postgresql://HOST/NAME</source>
      <translation>Datenbanken der Art „{0}“ gehen nicht; erlaubt: sqlite:///DATEI, postgresql://RECHNER/NAME</translation>
    </message>
    <message>
      <source>'{0}' has a '?'; sqlite:///FILE takes neither options nor a FILE with one</source>
      <translation>„{0}“ enthält ein „?“; sqlite:///DATEI nimmt weder Optionen noch eine DATEI damit</translation>
    </message>
    <message>
      <source>'{0}' has {1}, marked in the form</source>
      <translation>„{0}“ hat {1}, im Formular markiert</translation>
    </message>
    <message>
      <source>'{0}' is a directory; give a file: sqlite:///FILE</source>
      <translation>„{0}“ ist ein Ordner; geben Sie eine Datei an: sqlite:///DATEI</translation>
    </message>
    <message>
      <source>'{0}' is known with other content; give another id</source>
      <translation>„{0}“ ist mit anderem Inhalt bekannt; eine andere Kennung geben</translation>
    </message>
    <message>
      <source>'{0}' is no database URL; allowed: sqlite:///FILE, postgresql://HOST/NAME</source>
      <translation>„{0}“ ist keine Datenbank-URL; erlaubt: sqlite:///DATEI, postgresql://RECHNER/NAME</translation>
    </message>
    <message>
      <source>'{0}' is taken: ids that start with '{1}' are the engine's own</source>
      <translation>„{0}“ ist vergeben: Kennungen, die mit „{1}“ beginnen, gehören der Engine</translation>
    </message>
    <message>
      <source>'{0}' names no file; allowed: sqlite:///FILE, sqlite:////ABSOLUTE/FILE</source>
      <translation>'{0}' nennt keine Datei; erlaubt: sqlite:///DATEI, sqlite:////ABSOLUTE/DATEI</translation>
    </message>
    <message>
      <source>, all at once</source>
      <translation>, alle gleichzeitig</translation>
    </message>
    <message>
      <source>, as many as </source>
      <translation>, so viele wie </translation>
    </message>
    <message>
      <source>, at least </source>
      <translation>, mindestens </translation>
    </message>
    <message>
      <source>, once for all that come within {0}</source>
      <translation>, einmal für alle, die binnen {0} kommen</translation>
    </message>
    <message>
      <source>, then </source>
      <translation>, dann </translation>
    </message>
    <message>
      <source>1 found</source>
      <translation>1 gefunden</translation>
    </message>
    <message>
      <source>1.5</source>
      <translation>1,5</translation>
    </message>
    <message>
      <source>; it starts costly jobs, so it waits for an admin's approval</source>
      <translation>; sie startet teure Aufträge und wartet daher auf die Freigabe eines Admins</translation>
    </message>
    <message>
      <source>; otherwise: </source>
      <translation>; sonst: </translation>
    </message>
    <message>
      <source>; so that it fits, {0} changed too</source>
      <translation>; damit es passt, wurde auch {0} geändert</translation>
    </message>
    <message>
      <source>A</source>
      <translation>Ein</translation>
    </message>
    <message>
      <source>A draft of yours was kept:</source>
      <translation>Ein Entwurf von Ihnen wurde aufbewahrt:</translation>
    </message>
    <message>
      <source>A mail goes out whenever any job fails, with the kind of job and its number.</source>
      <translation>Sobald irgendein Auftrag scheitert, geht eine Mail hinaus, mit der Art des Auftrags und seiner Nummer.</translation>
    </message>
    <message>
      <source>A name, an effect (“what can submit 4k jobs?”), an entity…</source>
      <translation>Ein Name, eine Wirkung („was kann 4k-Aufträge erteilen?“), ein Objekt …</translation>
    </message>
    <message>
      <source>A recent event</source>
      <translation>Ein jüngeres Ereignis</translation>
    </message>
    <message>
      <source>A region for each character</source>
      <translation>Ein Bereich für jede Figur</translation>
    </message>
    <message>
      <source>A region for each project</source>
      <translation>Ein Bereich für jedes Projekt</translation>
    </message>
    <message>
      <source>A rule needs at least one action.</source>
      <translation>Eine Regel braucht mindestens eine Aktion.</translation>
    </message>
    <message>
      <source>A scene is first made in a low resolution; once it is approved there, it is generated again in 4k.</source>
      <translation>Eine Szene entsteht zuerst in niedriger Auflösung; ist sie dort freigegeben, wird sie in 4k neu generiert.</translation>
    </message>
    <message>
      <source>A scene that could not be generated gets the status “needs review”, and a mail goes out so that a person takes it up.</source>
      <translation>Eine Szene, die nicht generiert werden konnte, bekommt den Status „braucht Durchsicht“, und eine Mail geht hinaus, damit sich jemand darum kümmert.</translation>
    </message>
    <message>
      <source>About</source>
      <translation>Worum es geht</translation>
    </message>
    <message>
      <source>Actions</source>
      <translation>Aktionen</translation>
    </message>
    <message>
      <source>Add a box of conditions inside this one</source>
      <translation>Einen Kasten mit Bedingungen in diesen einfügen</translation>
    </message>
    <message>
      <source>Add a condition</source>
      <translation>Bedingung hinzufügen</translation>
    </message>
    <message>
      <source>Add a condition to this box</source>
      <translation>Diesem Kasten eine Bedingung hinzufügen</translation>
    </message>
    <message>
      <source>Add a limit</source>
      <translation>Grenze setzen</translation>
    </message>
    <message>
      <source>Add a limit…</source>
      <translation>Grenze setzen…</translation>
    </message>
    <message>
      <source>Add a parameter</source>
      <translation>Parameter hinzufügen</translation>
    </message>
    <message>
      <source>Add an action</source>
      <translation>Aktion hinzufügen</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>Afterwards: {0}</source>
      <translation>Danach: {0}</translation>
    </message>
    <message>
      <source>All at once</source>
      <translation>Alles gleichzeitig</translation>
    </message>
    <message>
      <source>All done</source>
      <translation>Alles fertig</translation>
    </message>
    <message>
      <source>All of them count.</source>
      <translation>Alle zählen.</translation>
    </message>
    <message>
      <source>Along the lines, to the step before or after</source>
      <translation>Die Linien entlang, zum Schritt davor oder danach</translation>
    </message>
    <message>
      <source>Alt+Up and Alt+Down change which rule goes first.</source>
      <translation>Alt+Auf und Alt+Ab ändern, welche Regel zuerst an die Reihe kommt.</translation>
    </message>
    <message>
      <source>An approved 8k variant does not start its costly scene by itself; an admin is asked first, and has two days to answer.</source>
      <translation>Eine freigegebene 8k-Variante startet ihre teure Szene nicht von selbst; zuerst wird ein Admin gefragt und hat zwei Tage Zeit zu antworten.</translation>
    </message>
    <message>
      <source>An example that fits</source>
      <translation>Ein passendes Beispiel</translation>
    </message>
    <message>
      <source>And only once all of them are there</source>
      <translation>Und erst, wenn alle davon da sind</translation>
    </message>
    <message>
      <source>Another rule starts after this step</source>
      <translation>Eine andere Regel beginnt nach diesem Schritt</translation>
    </message>
    <message>
      <source>Any</source>
      <translation>Objekt</translation>
    </message>
    <message>
      <source>Any status</source>
      <translation>Jeder Status</translation>
    </message>
    <message>
      <source>Anywhere</source>
      <translation>Überall</translation>
    </message>
    <message>
      <source>Approve</source>
      <translation>Freigeben</translation>
    </message>
    <message>
      <source>Approve a scene that passes its checks, flag any other</source>
      <translation>Eine Szene freigeben, die ihre Prüfung besteht; jede andere kennzeichnen</translation>
    </message>
    <message>
      <source>Approve this rule</source>
      <translation>Diese Regel freigeben</translation>
    </message>
    <message>
      <source>Approved “{0}” as it is published.</source>
      <translation>„{0}“ ist so freigegeben, wie sie veröffentlicht ist.</translation>
    </message>
    <message>
      <source>Approved; the firing goes on.</source>
      <translation>Zugestimmt; die Auslösung geht weiter.</translation>
    </message>
    <message>
      <source>Approve…</source>
      <translation>Freigeben …</translation>
    </message>
    <message>
      <source>Arrow keys walk along the edges, Page up and down from rule to rule, Enter opens a step.</source>
      <translation>Pfeiltasten gehen die Linien entlang, Bild auf und Bild ab von Regel zu Regel, Eingabe öffnet einen Schritt.</translation>
    </message>
    <message>
      <source>As soon as a person approves a variant of 1080p or better, a scene is generated in the same resolution.</source>
      <translation>Sobald jemand eine Variante ab 1080p freigibt, wird eine Szene in derselben Auflösung generiert.</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>Wie das System</translation>
    </message>
    <message>
      <source>Ask an admin before anything is generated in 8k</source>
      <translation>Einen Admin fragen, bevor etwas in 8k generiert wird</translation>
    </message>
    <message>
      <source>Ask before a failed cut is started again</source>
      <translation>Fragen, bevor ein gescheiterter Schnitt neu gestartet wird</translation>
    </message>
    <message>
      <source>Ask for the approval of a packaged delivery</source>
      <translation>Um die Freigabe einer gepackten Lieferung bitten</translation>
    </message>
    <message>
      <source>Ask whether it is {0}</source>
      <translation>Fragen, ob es {0} ist</translation>
    </message>
    <message>
      <source>Asks</source>
      <translation>Fragt</translation>
    </message>
    <message>
      <source>Asks first, and says what it starts and costs</source>
      <translation>Fragt zuerst und sagt, was es startet und kostet</translation>
    </message>
    <message>
      <source>At most</source>
      <translation>Höchstens</translation>
    </message>
    <message>
      <source>At most so many starts, GPU-hours or failures in a time</source>
      <translation>Höchstens so viele Starts, GPU-Stunden oder Fehlschläge in einer Zeit</translation>
    </message>
    <message>
      <source>Attributes other than the entity's own</source>
      <translation>Andere Attribute als die eigenen des Objekts</translation>
    </message>
    <message>
      <source>Audit trail</source>
      <translation>Änderungsverlauf</translation>
    </message>
    <message>
      <source>Back to what is published; can be undone</source>
      <translation>Zurück zum Veröffentlichten; lässt sich rückgängig machen</translation>
    </message>
    <message>
      <source>Because of</source>
      <translation>Wegen</translation>
    </message>
    <message>
      <source>Before this can be foretold, {0} must be mended:</source>
      <translation>Bevor sich das vorhersagen lässt, ist {0} zu beheben:</translation>
    </message>
    <message>
      <source>Begin a rule as a private draft</source>
      <translation>Eine Regel als privaten Entwurf beginnen</translation>
    </message>
    <message>
      <source>Begin with a rule that others use</source>
      <translation>Mit einer Regel beginnen, die andere nutzen</translation>
    </message>
    <message>
      <source>Behind by</source>
      <translation>Rückstand</translation>
    </message>
    <message>
      <source>Box</source>
      <translation>Kasten</translation>
    </message>
    <message>
      <source>Branch</source>
      <translation>Verzweigung</translation>
    </message>
    <message>
      <source>Bring rules in from a file</source>
      <translation>Regeln aus einer Datei holen</translation>
    </message>
    <message>
      <source>By</source>
      <translation>Über</translation>
    </message>
    <message>
      <source>By event</source>
      <translation>Nach Ereignis</translation>
    </message>
    <message>
      <source>By project</source>
      <translation>Nach Projekt</translation>
    </message>
    <message>
      <source>Call a web address</source>
      <translation>Webadresse aufrufen</translation>
    </message>
    <message>
      <source>Calls a web address of your tracking system with the delivery's number, as soon as a person approves the delivery.</source>
      <translation>Ruft eine Webadresse Ihres Trackingsystems mit der Nummer der Lieferung auf, sobald jemand die Lieferung freigibt.</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Cancel its open jobs too: they fail</source>
      <translation>Auch ihre offenen Aufträge abbrechen: sie schlagen fehl</translation>
    </message>
    <message>
      <source>Cannot be published before {0} is mended; it is kept as a draft</source>
      <translation>Lässt sich erst veröffentlichen, wenn {0} behoben ist; bleibt als Entwurf erhalten</translation>
    </message>
    <message>
      <source>Caused by</source>
      <translation>Ausgelöst durch</translation>
    </message>
    <message>
      <source>Chain graph: {0}, {1}</source>
      <translation>Kettendiagramm: {0}, {1}</translation>
    </message>
    <message>
      <source>Change the limit</source>
      <translation>Grenze ändern</translation>
    </message>
    <message>
      <source>Changes nothing (Ctrl+T)</source>
      <translation>Ändert nichts (Strg+T)</translation>
    </message>
    <message>
      <source>Change…</source>
      <translation>Ändern…</translation>
    </message>
    <message>
      <source>Channel</source>
      <translation>Kanal</translation>
    </message>
    <message>
      <source>Characters</source>
      <translation>Figuren</translation>
    </message>
    <message>
      <source>Check 4k scenes twice and hold them to a higher bar</source>
      <translation>4k-Szenen doppelt prüfen und höhere Maßstäbe anlegen</translation>
    </message>
    <message>
      <source>Check a finished scene and tell the supervisor at the same time</source>
      <translation>Eine fertige Szene prüfen und gleichzeitig der Leitung Bescheid geben</translation>
    </message>
    <message>
      <source>Check every finished scene</source>
      <translation>Jede fertige Szene prüfen</translation>
    </message>
    <message>
      <source>Click a rule in the list or on the flowchart to see and change it here.</source>
      <translation>Klicken Sie in der Liste oder im Ablaufplan auf eine Regel, um sie hier zu sehen und zu ändern.</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Close the message</source>
      <translation>Meldung schließen</translation>
    </message>
    <message>
      <source>Close the replay (Esc)</source>
      <translation>Wiedergabe schließen (Esc)</translation>
    </message>
    <message>
      <source>Commands; type to find rules and more</source>
      <translation>Befehle; tippen Sie, um Regeln und mehr zu finden</translation>
    </message>
    <message>
      <source>Compare with nothing</source>
      <translation>Mit nichts vergleichen</translation>
    </message>
    <message>
      <source>Computer</source>
      <translation>Rechner</translation>
    </message>
    <message>
      <source>Condition</source>
      <translation>Bedingung</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Kopieren</translation>
    </message>
    <message>
      <source>Copy steps or rules, also for other windows</source>
      <translation>Schritte oder Regeln kopieren, auch für andere Fenster</translation>
    </message>
    <message>
      <source>Copy the selected steps or rules beside them</source>
      <translation>Die ausgewählten Schritte oder Regeln daneben kopieren</translation>
    </message>
    <message>
      <source>Count everyone</source>
      <translation>Alle zählen</translation>
    </message>
    <message>
      <source>Counting only those where</source>
      <translation>Nur die zählen, für die gilt</translation>
    </message>
    <message>
      <source>Create</source>
      <translation>Anlegen</translation>
    </message>
    <message>
      <source>Ctrl+Return</source>
      <translation>Strg+Enter</translation>
    </message>
    <message>
      <source>Cut</source>
      <translation>Ausschneiden</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Löschen</translation>
    </message>
    <message>
      <source>Delete for everyone</source>
      <translation>Für alle löschen</translation>
    </message>
    <message>
      <source>Delete rule</source>
      <translation>Regel löschen</translation>
    </message>
    <message>
      <source>Delete {0}?</source>
      <translation>{0} löschen?</translation>
    </message>
    <message>
      <source>Deleted {0}. Undo brings it back as a draft, to be published anew.</source>
      <translation>{0} gelöscht. „Rückgängig“ bringt sie als Entwurf zurück, der neu zu veröffentlichen ist.</translation>
    </message>
    <message>
      <source>Depth</source>
      <translation>Tiefe</translation>
    </message>
    <message>
      <source>Describe one here</source>
      <translation>Hier eines beschreiben</translation>
    </message>
    <message>
      <source>Did</source>
      <translation>Tat</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>Verwerfen</translation>
    </message>
    <message>
      <source>Discard draft</source>
      <translation>Entwurf verwerfen</translation>
    </message>
    <message>
      <source>Discard what was held</source>
      <translation>Zurückgehaltenes verwerfen</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Fertig</translation>
    </message>
    <message>
      <source>Drafts are also saved by themselves (Ctrl+S)</source>
      <translation>Entwürfe werden auch von selbst gespeichert (Strg+S)</translation>
    </message>
    <message>
      <source>Drafts kept</source>
      <translation>Aufbewahrte Entwürfe</translation>
    </message>
    <message>
      <source>Drag to another place, or press Alt+Up and Alt+Down</source>
      <translation>An eine andere Stelle ziehen oder Alt+Auf und Alt+Ab drücken</translation>
    </message>
    <message>
      <source>Dry run</source>
      <translation>Probelauf</translation>
    </message>
    <message>
      <source>Dry run panel</source>
      <translation>Feld für den Probelauf</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>Duplizieren</translation>
    </message>
    <message>
      <source>EMERGENCY HALT</source>
      <translation>NOT-STOPP</translation>
    </message>
    <message>
      <source>Each event by itself</source>
      <translation>Jedes Ereignis für sich</translation>
    </message>
    <message>
      <source>Each finished scene is checked. If more than 80 % of the checks pass it is approved, else it is put aside for review.</source>
      <translation>Jede fertige Szene wird geprüft. Bestehen mehr als 80 % der Prüfungen, wird sie freigegeben, sonst zur Durchsicht beiseitegelegt.</translation>
    </message>
    <message>
      <source>Earlier</source>
      <translation>Früher</translation>
    </message>
    <message>
      <source>Edit</source>
      <translation>Bearbeiten</translation>
    </message>
    <message>
      <source>Emergency halt</source>
      <translation>Not-Stopp</translation>
    </message>
    <message>
      <source>Engine</source>
      <translation>Engine</translation>
    </message>
    <message>
      <source>Engine failed</source>
      <translation>Engine gescheitert</translation>
    </message>
    <message>
      <source>Engine off</source>
      <translation>Engine aus</translation>
    </message>
    <message>
      <source>Engine on</source>
      <translation>Engine an</translation>
    </message>
    <message>
      <source>Engine waits</source>
      <translation>Engine wartet</translation>
    </message>
    <message>
      <source>Engines</source>
      <translation>Engines</translation>
    </message>
    <message>
      <source>Engines stop following what is published at once, for everyone; what has started goes on, and the history stays. Undo brings it back as a draft, which has to be published and approved anew.</source>
      <translation>Engines folgen dem Veröffentlichten ab sofort nicht mehr, für alle; was begonnen hat, geht weiter, und der Verlauf bleibt. „Rückgängig“ bringt es als Entwurf zurück, der neu zu veröffentlichen und freizugeben ist.</translation>
    </message>
    <message>
      <source>Event</source>
      <translation>Ereignis</translation>
    </message>
    <message>
      <source>Every project</source>
      <translation>Jedes Projekt</translation>
    </message>
    <message>
      <source>Every {0} job fails</source>
      <translation>Jeder Auftrag „{0}“ scheitert</translation>
    </message>
    <message>
      <source>Everything is halted</source>
      <translation>Alles ist gestoppt</translation>
    </message>
    <message>
      <source>Everything is halted.</source>
      <translation>Alles ist gestoppt.</translation>
    </message>
    <message>
      <source>Everything that keys do</source>
      <translation>Alles, was mit Tasten geht</translation>
    </message>
    <message>
      <source>Export the chart…</source>
      <translation>Ablaufplan exportieren …</translation>
    </message>
    <message>
      <source>Export the flowchart</source>
      <translation>Den Ablaufplan exportieren</translation>
    </message>
    <message>
      <source>Export the selection</source>
      <translation>Die Auswahl exportieren</translation>
    </message>
    <message>
      <source>File</source>
      <translation>Datei</translation>
    </message>
    <message>
      <source>Find anything</source>
      <translation>Alles finden</translation>
    </message>
    <message>
      <source>Find anything…</source>
      <translation>Alles finden …</translation>
    </message>
    <message>
      <source>Find rules, commands, gates and jobs</source>
      <translation>Regeln, Befehle, Haltepunkte und Aufträge finden</translation>
    </message>
    <message>
      <source>Flow</source>
      <translation>Ablauf</translation>
    </message>
    <message>
      <source>Flowchart of the rules</source>
      <translation>Ablaufplan der Regeln</translation>
    </message>
    <message>
      <source>Fold every rule</source>
      <translation>Alle Regeln zuklappen</translation>
    </message>
    <message>
      <source>Fold the rule into one card, or unfold it</source>
      <translation>Die Regel zu einer Karte zuklappen oder aufklappen</translation>
    </message>
    <message>
      <source>For</source>
      <translation>Für</translation>
    </message>
    <message>
      <source>For example: {0}</source>
      <translation>Zum Beispiel, wenn {0}</translation>
    </message>
    <message>
      <source>For scenes of 4k and more two kinds of checks run side by side; only if 90 % pass, the scene is approved by itself.</source>
      <translation>Für Szenen ab 4k laufen zwei Arten von Prüfungen nebeneinander; nur wenn 90 % bestehen, wird die Szene von selbst freigegeben.</translation>
    </message>
    <message>
      <source>Further away</source>
      <translation>Weiter weg</translation>
    </message>
    <message>
      <source>GPU hours</source>
      <translation>GPU-Stunden</translation>
    </message>
    <message>
      <source>GPU-hours</source>
      <translation>GPU-Stunden</translation>
    </message>
    <message>
      <source>GPU-hours that are started</source>
      <translation>GPU-Stunden, die begonnen werden</translation>
    </message>
    <message>
      <source>Gate: {0}</source>
      <translation>Haltepunkt: {0}</translation>
    </message>
    <message>
      <source>Gates</source>
      <translation>Haltepunkte</translation>
    </message>
    <message>
      <source>Gates ({0})</source>
      <translation>Haltepunkte ({0})</translation>
    </message>
    <message>
      <source>Generate a scene when a variant is approved</source>
      <translation>Eine Szene generieren, wenn eine Variante freigegeben ist</translation>
    </message>
    <message>
      <source>Generate the first variant of a new character</source>
      <translation>Die erste Variante einer neuen Figur generieren</translation>
    </message>
    <message>
      <source>Go on as if people said yes</source>
      <translation>Weiter, als sagten alle ja</translation>
    </message>
    <message>
      <source>Go to the first problem</source>
      <translation>Zum ersten Problem</translation>
    </message>
    <message>
      <source>Go to the flowchart</source>
      <translation>Zum Ablaufplan</translation>
    </message>
    <message>
      <source>Go to the rule's form</source>
      <translation>Zum Formular der Regel</translation>
    </message>
    <message>
      <source>Go to the rules</source>
      <translation>Zu den Regeln</translation>
    </message>
    <message>
      <source>Goes on: {0}</source>
      <translation>Läuft weiter: {0}</translation>
    </message>
    <message>
      <source>Graph as data (*.json)</source>
      <translation>Graph als Daten (*.json)</translation>
    </message>
    <message>
      <source>Graphviz (*.dot)</source>
      <translation>Graphviz (*.dot)</translation>
    </message>
    <message>
      <source>Group by character</source>
      <translation>Nach Figur gruppieren</translation>
    </message>
    <message>
      <source>Group by project</source>
      <translation>Nach Projekt gruppieren</translation>
    </message>
    <message>
      <source>Group rules by</source>
      <translation>Regeln gruppieren nach</translation>
    </message>
    <message>
      <source>Grouped rules keep their places; end the grouping to move cards.</source>
      <translation>Gruppierte Regeln behalten ihren Platz; heben Sie die Gruppierung auf, um Karten zu bewegen.</translation>
    </message>
    <message>
      <source>Halt everything now</source>
      <translation>Jetzt alles stoppen</translation>
    </message>
    <message>
      <source>Halt or resume</source>
      <translation>Stoppen oder fortsetzen</translation>
    </message>
    <message>
      <source>Halt the project now</source>
      <translation>Projekt jetzt stoppen</translation>
    </message>
    <message>
      <source>Halt the project {0}</source>
      <translation>Das Projekt {0} stoppen</translation>
    </message>
    <message>
      <source>Halt the rule now</source>
      <translation>Regel jetzt stoppen</translation>
    </message>
    <message>
      <source>Halt the rule's project…</source>
      <translation>Das Projekt der Regel stoppen …</translation>
    </message>
    <message>
      <source>Halt the rule…</source>
      <translation>Die Regel stoppen …</translation>
    </message>
    <message>
      <source>Halt {0}…</source>
      <translation>{0} stoppen …</translation>
    </message>
    <message>
      <source>Halt “{0}”</source>
      <translation>„{0}“ stoppen</translation>
    </message>
    <message>
      <source>Halted now: {0}</source>
      <translation>Jetzt gestoppt: {0}</translation>
    </message>
    <message>
      <source>Halted: {0}</source>
      <translation>Gestoppt: {0}</translation>
    </message>
    <message>
      <source>Halted: {0}.</source>
      <translation>Gestoppt: {0}.</translation>
    </message>
    <message>
      <source>Halted…</source>
      <translation>Gestoppt …</translation>
    </message>
    <message>
      <source>Halt…</source>
      <translation>Stoppen …</translation>
    </message>
    <message>
      <source>Handed over before the halt and still being sent: {0}</source>
      <translation>Vor dem Stopp übergeben und noch im Versand: {0}</translation>
    </message>
    <message>
      <source>Have a finished cut signed off before it is packaged</source>
      <translation>Einen fertigen Schnitt abnehmen lassen, bevor er gepackt wird</translation>
    </message>
    <message>
      <source>Have an admin approve it: it starts costly jobs.</source>
      <translation>Lassen Sie sie von einem Admin freigeben: Sie startet teure Aufträge.</translation>
    </message>
    <message>
      <source>Have the halt lifted: nothing starts while it stands.</source>
      <translation>Lassen Sie den Stopp aufheben: Solange er gilt, startet nichts.</translation>
    </message>
    <message>
      <source>Heartbeat</source>
      <translation>Herzschlag</translation>
    </message>
    <message>
      <source>Held until somebody resumes: {0}</source>
      <translation>Zurückgehalten, bis jemand fortsetzt: {0}</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Hilfe</translation>
    </message>
    <message>
      <source>How far what it waits for is</source>
      <translation>Wie weit ist, worauf sie wartet</translation>
    </message>
    <message>
      <source>How it is compared</source>
      <translation>Wie verglichen wird</translation>
    </message>
    <message>
      <source>How long events gather</source>
      <translation>Wie lange Ereignisse sich sammeln</translation>
    </message>
    <message>
      <source>How long it waits</source>
      <translation>Wie lange gewartet wird</translation>
    </message>
    <message>
      <source>How many</source>
      <translation>Wie viele</translation>
    </message>
    <message>
      <source>How many events it would have matched</source>
      <translation>Wie viele Ereignisse sie getroffen hätte</translation>
    </message>
    <message>
      <source>How many there must be</source>
      <translation>Wie viele es sein müssen</translation>
    </message>
    <message>
      <source>How many {0}s {1} needs is not known: its {2} is no number.</source>
      <translation>Von „{0}“ bei {1} ist nicht bekannt, wie viele nötig sind: {2} ist keine Zahl.</translation>
    </message>
    <message>
      <source>How much may start, and what waits for room</source>
      <translation>Wie viel starten darf, und was auf Platz wartet</translation>
    </message>
    <message>
      <source>How often it is tried</source>
      <translation>Wie oft es versucht wird</translation>
    </message>
    <message>
      <source>How the actions run</source>
      <translation>Wie die Aktionen laufen</translation>
    </message>
    <message>
      <source>How the conditions combine</source>
      <translation>Wie die Bedingungen verknüpft sind</translation>
    </message>
    <message>
      <source>How their number is given</source>
      <translation>Wie ihre Zahl angegeben ist</translation>
    </message>
    <message>
      <source>How {0} is compared</source>
      <translation>Wie {0} verglichen wird</translation>
    </message>
    <message>
      <source>Id</source>
      <translation>Kennung</translation>
    </message>
    <message>
      <source>If</source>
      <translation>Wenn</translation>
    </message>
    <message>
      <source>If a scene of 1080p or more fails, it is generated once more in 720p. If that fails too, it is left alone.</source>
      <translation>Scheitert eine Szene ab 1080p, wird sie noch einmal in 720p generiert. Scheitert auch das, bleibt sie liegen.</translation>
    </message>
    <message>
      <source>If it is not known:</source>
      <translation>Wenn es nicht bekannt ist:</translation>
    </message>
    <message>
      <source>If joining the scenes fails, a creator is asked whether to try again; a yes starts it once more.</source>
      <translation>Scheitert der Zusammenschnitt, wird ein Gestalter gefragt, ob es noch einmal versucht werden soll; ein Ja startet ihn neu.</translation>
    </message>
    <message>
      <source>If {0} is not known</source>
      <translation>Wenn {0} nicht bekannt ist</translation>
    </message>
    <message>
      <source>If “{0}” fires, this would happen</source>
      <translation>Wenn „{0}“ auslöst, würde dies geschehen</translation>
    </message>
    <message>
      <source>If … otherwise …</source>
      <translation>Wenn … sonst …</translation>
    </message>
    <message>
      <source>Import rules</source>
      <translation>Regeln importieren</translation>
    </message>
    <message>
      <source>Import rules…</source>
      <translation>Regeln importieren …</translation>
    </message>
    <message>
      <source>Imported {0}.</source>
      <translation>{0} importiert.</translation>
    </message>
    <message>
      <source>In the form</source>
      <translation>Im Formular</translation>
    </message>
    <message>
      <source>In the list of rules</source>
      <translation>In der Liste der Regeln</translation>
    </message>
    <message>
      <source>In the palette</source>
      <translation>In der Palette</translation>
    </message>
    <message>
      <source>Insert a step</source>
      <translation>Einen Schritt einfügen</translation>
    </message>
    <message>
      <source>Insert a step…</source>
      <translation>Einen Schritt einfügen …</translation>
    </message>
    <message>
      <source>Is a directory</source>
      <translation>das ist ein Ordner</translation>
    </message>
    <message>
      <source>It begins as a private draft; nobody else sees it before you publish it.</source>
      <translation>Sie beginnt als privater Entwurf; niemand sonst sieht sie, bevor Sie sie veröffentlichen.</translation>
    </message>
    <message>
      <source>It begins as your private draft; nothing runs before you publish it</source>
      <translation>Sie beginnt als Ihr privater Entwurf; nichts läuft, bevor Sie sie veröffentlichen</translation>
    </message>
    <message>
      <source>It belongs to no {0}, so there is nothing to wait for, and it does not fire.</source>
      <translation>Es gehört zu nichts der Art „{0}“, also gibt es nichts abzuwarten, und sie löst nicht aus.</translation>
    </message>
    <message>
      <source>It can be tested once its problems are mended.</source>
      <translation>Sie lässt sich testen, sobald ihre Probleme behoben sind.</translation>
    </message>
    <message>
      <source>It cannot run yet. First:</source>
      <translation>Sie kann noch nicht laufen. Zuerst:</translation>
    </message>
    <message>
      <source>It fires anew each time such an event comes in, also for the same {0}. One and the same event never fires it twice.</source>
      <translation>Sie löst jedes Mal neu aus, wenn ein solches Ereignis kommt, auch für dasselbe Objekt ({0}). Ein und dasselbe Ereignis löst sie nie zweimal aus.</translation>
    </message>
    <message>
      <source>It fires once for each {0} when all are there. It fires again only after something changed: one of the {1} was added, or was taken back and brought to that status anew. The same again fires nothing.</source>
      <translation>Sie löst einmal aus, wenn alle da sind (je {0}). Sie löst erst wieder aus, wenn sich etwas geändert hat: wenn aus „{1}“ etwas hinzukam oder zurückgenommen und neu in diesen Status gebracht wurde. Dasselbe noch einmal löst nichts aus.</translation>
    </message>
    <message>
      <source>It may start {0} →</source>
      <translation>Sie kann {0} starten →</translation>
    </message>
    <message>
      <source>It starts costly jobs, so it fires only once an admin approves it.</source>
      <translation>Sie startet teure Aufträge und löst daher erst aus, wenn ein Admin sie freigibt.</translation>
    </message>
    <message>
      <source>It will listen for what the selected step raises, and no longer for what it listens for now.</source>
      <translation>Sie hört dann auf das, was der ausgewählte Schritt auslöst, und nicht mehr auf das, worauf sie jetzt hört.</translation>
    </message>
    <message>
      <source>It will start {0}, {1} and {2}:</source>
      <translation>Gestartet werden {0}, {1} und {2}:</translation>
    </message>
    <message>
      <source>Job</source>
      <translation>Auftrag</translation>
    </message>
    <message>
      <source>Jobs</source>
      <translation>Aufträge</translation>
    </message>
    <message>
      <source>Jobs that fail</source>
      <translation>Aufträge, die scheitern</translation>
    </message>
    <message>
      <source>Jobs that run now go on; what happens meanwhile is held, not lost.</source>
      <translation>Laufende Aufträge gehen weiter; was inzwischen geschieht, wird zurückgehalten und geht nicht verloren.</translation>
    </message>
    <message>
      <source>Join</source>
      <translation>Warten auf alle</translation>
    </message>
    <message>
      <source>Join the scenes when all of them are done</source>
      <translation>Die Szenen zusammenschneiden, wenn alle fertig sind</translation>
    </message>
    <message>
      <source>Jump to what may start this rule</source>
      <translation>Zu dem springen, was diese Regel auslösen kann</translation>
    </message>
    <message>
      <source>Jump to what this rule may start</source>
      <translation>Zu dem springen, was diese Regel starten kann</translation>
    </message>
    <message>
      <source>Keep mine as a draft</source>
      <translation>Meine als Entwurf behalten</translation>
    </message>
    <message>
      <source>Keep them and close this message</source>
      <translation>Behalten und die Meldung schließen</translation>
    </message>
    <message>
      <source>Keyboard shortcuts</source>
      <translation>Tastenkürzel</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Tasten</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Sprache</translation>
    </message>
    <message>
      <source>Later</source>
      <translation>Später</translation>
    </message>
    <message>
      <source>Let another rule follow…</source>
      <translation>Andere Regel folgen lassen …</translation>
    </message>
    <message>
      <source>Let it follow</source>
      <translation>Folgen lassen</translation>
    </message>
    <message>
      <source>Let the rule start before or after its neighbour</source>
      <translation>Die Regel vor oder nach ihrer Nachbarin beginnen lassen</translation>
    </message>
    <message>
      <source>Let the rule start costly jobs, as it is published</source>
      <translation>Der Regel erlauben, teure Aufträge zu starten, so wie sie veröffentlicht ist</translation>
    </message>
    <message>
      <source>Life size, and everything in view</source>
      <translation>Originalgröße, und alles zeigen</translation>
    </message>
    <message>
      <source>Lift it</source>
      <translation>Aufheben</translation>
    </message>
    <message>
      <source>Lift the first halt that stands; says what that starts and costs</source>
      <translation>Den ersten bestehenden Stopp aufheben; sagt vorher, was das startet und kostet</translation>
    </message>
    <message>
      <source>Lifted: {0}.</source>
      <translation>Aufgehoben: {0}.</translation>
    </message>
    <message>
      <source>Limits</source>
      <translation>Grenzen</translation>
    </message>
    <message>
      <source>Limits and halts</source>
      <translation>Grenzen und Stopps</translation>
    </message>
    <message>
      <source>Load theirs</source>
      <translation>Die andere laden</translation>
    </message>
    <message>
      <source>Longest chain</source>
      <translation>Längste Kette</translation>
    </message>
    <message>
      <source>Looking what is held …</source>
      <translation>Sehe nach, was zurückgehalten ist …</translation>
    </message>
    <message>
      <source>Make an approved scene again in 4k</source>
      <translation>Eine freigegebene Szene noch einmal in 4k machen</translation>
    </message>
    <message>
      <source>Make the draft the rule that engines follow</source>
      <translation>Den Entwurf zu der Regel machen, der die Engines folgen</translation>
    </message>
    <message>
      <source>Make this rule</source>
      <translation>Diese Regel anlegen</translation>
    </message>
    <message>
      <source>Mend what is marked in its form, and publish it.</source>
      <translation>Beheben Sie, was in ihrem Formular markiert ist, und veröffentlichen Sie sie.</translation>
    </message>
    <message>
      <source>Mermaid (*.mmd)</source>
      <translation>Mermaid (*.mmd)</translation>
    </message>
    <message>
      <source>Message</source>
      <translation>Nachricht</translation>
    </message>
    <message>
      <source>Method</source>
      <translation>Methode</translation>
    </message>
    <message>
      <source>Moment of the chain</source>
      <translation>Moment der Kette</translation>
    </message>
    <message>
      <source>More</source>
      <translation>Mehr</translation>
    </message>
    <message>
      <source>More for {0}</source>
      <translation>Mehr zu {0}</translation>
    </message>
    <message>
      <source>More…</source>
      <translation>Mehr …</translation>
    </message>
    <message>
      <source>Most recent: {0}</source>
      <translation>Zuletzt: {0}</translation>
    </message>
    <message>
      <source>Move down (Alt+Down)</source>
      <translation>Nach unten (Alt+Ab)</translation>
    </message>
    <message>
      <source>Move the condition or the action</source>
      <translation>Die Bedingung oder Aktion verschieben</translation>
    </message>
    <message>
      <source>Move the selected cards; also up and down</source>
      <translation>Die ausgewählten Karten verschieben; auch nach oben und unten</translation>
    </message>
    <message>
      <source>Move the step earlier</source>
      <translation>Den Schritt nach vorn rücken</translation>
    </message>
    <message>
      <source>Move the step later</source>
      <translation>Den Schritt nach hinten rücken</translation>
    </message>
    <message>
      <source>Move the view; also up and down</source>
      <translation>Den Ausschnitt verschieben; auch nach oben und unten</translation>
    </message>
    <message>
      <source>Move up (Alt+Up)</source>
      <translation>Nach oben (Alt+Auf)</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Name of the parameter</source>
      <translation>Name des Parameters</translation>
    </message>
    <message>
      <source>Name of the secret</source>
      <translation>Name des Geheimnisses</translation>
    </message>
    <message>
      <source>Nearer</source>
      <translation>Näher</translation>
    </message>
    <message>
      <source>Nearer, and further away</source>
      <translation>Näher, und weiter weg</translation>
    </message>
    <message>
      <source>New from the gallery…</source>
      <translation>Neu aus der Galerie …</translation>
    </message>
    <message>
      <source>New rule</source>
      <translation>Neue Regel</translation>
    </message>
    <message>
      <source>New rule for when it fails</source>
      <translation>Neue Regel für das Scheitern</translation>
    </message>
    <message>
      <source>New rule from the gallery</source>
      <translation>Neue Regel aus der Galerie</translation>
    </message>
    <message>
      <source>New rule that follows</source>
      <translation>Neue Regel, die folgt</translation>
    </message>
    <message>
      <source>New rule…</source>
      <translation>Neue Regel …</translation>
    </message>
    <message>
      <source>No character of its own</source>
      <translation>Ohne eigene Figur</translation>
    </message>
    <message>
      <source>No condition yet.</source>
      <translation>Noch keine Bedingung.</translation>
    </message>
    <message>
      <source>No conditions: every such event counts.</source>
      <translation>Keine Bedingungen: Jedes solche Ereignis zählt.</translation>
    </message>
    <message>
      <source>No engine has run here today. F5 switches on the one in this window.</source>
      <translation>Heute ist hier keine Engine gelaufen. F5 schaltet die in diesem Fenster ein.</translation>
    </message>
    <message>
      <source>No event can be thought of for which all its conditions hold at once. Look at them again.</source>
      <translation>Es lässt sich kein Ereignis denken, für das alle Bedingungen zugleich gelten. Sehen Sie sie noch einmal durch.</translation>
    </message>
    <message>
      <source>No job fails</source>
      <translation>Kein Auftrag scheitert</translation>
    </message>
    <message>
      <source>No limit stands. What goes over a limit is held, and goes on by itself.</source>
      <translation>Keine Grenze gesetzt. Was über eine Grenze ginge, wird zurückgehalten und läuft von selbst weiter.</translation>
    </message>
    <message>
      <source>No rule has submitted a job yet.</source>
      <translation>Noch hat keine Regel einen Auftrag erteilt.</translation>
    </message>
    <message>
      <source>No rule matches; it will only be recorded, and set the status.</source>
      <translation>Keine Regel passt; es wird nur verzeichnet und der Status gesetzt.</translation>
    </message>
    <message>
      <source>No rule starts another action anywhere until somebody resumes.</source>
      <translation>Keine Regel startet irgendwo eine weitere Aktion, bis jemand fortsetzt.</translation>
    </message>
    <message>
      <source>No rule starts another action in this project until somebody resumes.</source>
      <translation>Keine Regel startet in diesem Projekt eine weitere Aktion, bis jemand fortsetzt.</translation>
    </message>
    <message>
      <source>No space left on device</source>
      <translation>kein Platz mehr auf dem Datenträger</translation>
    </message>
    <message>
      <source>No such file or directory</source>
      <translation>Datei oder Ordner nicht gefunden</translation>
    </message>
    <message>
      <source>No {0} has been {1} yet: the preview uses an example.</source>
      <translation>Noch nichts der Art „{0}“ ist „{1}“: Die Vorschau nimmt ein Beispiel.</translation>
    </message>
    <message>
      <source>No {0} has failed yet: the preview uses an example.</source>
      <translation>Noch nichts der Art „{0}“ ist fehlgeschlagen: Die Vorschau nimmt ein Beispiel.</translation>
    </message>
    <message>
      <source>Nobody has changed anything yet.</source>
      <translation>Noch hat niemand etwas geändert.</translation>
    </message>
    <message>
      <source>None ticked: any character</source>
      <translation>Nichts angekreuzt: irgendeine Figur</translation>
    </message>
    <message>
      <source>Not a directory</source>
      <translation>das ist kein Ordner</translation>
    </message>
    <message>
      <source>Not exported: the ending of {0} names no format. Give it one of {1}.</source>
      <translation>Nicht exportiert: Die Endung von {0} nennt kein Format. Möglich sind {1}.</translation>
    </message>
    <message>
      <source>Not grouped</source>
      <translation>Nicht gruppiert</translation>
    </message>
    <message>
      <source>Not published: {0}. It is kept as your draft.</source>
      <translation>Nicht veröffentlicht: {0}. Bleibt als Ihr Entwurf erhalten.</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Notiz</translation>
    </message>
    <message>
      <source>Nothing</source>
      <translation>Nichts</translation>
    </message>
    <message>
      <source>Nothing happens.</source>
      <translation>Nichts geschieht.</translation>
    </message>
    <message>
      <source>Nothing has all of these words.</source>
      <translation>Nichts enthält alle diese Wörter.</translation>
    </message>
    <message>
      <source>Nothing in it yet.</source>
      <translation>Noch nichts darin.</translation>
    </message>
    <message>
      <source>Nothing is halted.</source>
      <translation>Nichts ist gestoppt.</translation>
    </message>
    <message>
      <source>Nothing is held there.</source>
      <translation>Dort ist nichts zurückgehalten.</translation>
    </message>
    <message>
      <source>Nothing like that; try another word</source>
      <translation>Nichts dergleichen; versuchen Sie ein anderes Wort</translation>
    </message>
    <message>
      <source>Nothing more starts in this chain until somebody resumes; other chains go on.</source>
      <translation>In dieser Kette startet nichts mehr, bis jemand fortsetzt; andere Ketten gehen weiter.</translation>
    </message>
    <message>
      <source>Nothing more starts in this chain; the others go on</source>
      <translation>In dieser Kette startet nichts mehr; die anderen gehen weiter</translation>
    </message>
    <message>
      <source>Nothing of the kind happened in {0}</source>
      <translation>In {0} ist nichts dergleichen geschehen</translation>
    </message>
    <message>
      <source>Nothing on the flowchart moves by itself</source>
      <translation>Im Ablaufplan bewegt sich nichts von selbst</translation>
    </message>
    <message>
      <source>Nothing waits for a person.</source>
      <translation>Nichts wartet auf einen Menschen.</translation>
    </message>
    <message>
      <source>Nothing was under way there.</source>
      <translation>Dort war nichts im Gange.</translation>
    </message>
    <message>
      <source>Nothing will start now:</source>
      <translation>Jetzt startet nichts:</translation>
    </message>
    <message>
      <source>Nothing would happen: no rule that is switched on matches this event.</source>
      <translation>Nichts würde geschehen: Keine eingeschaltete Regel passt zu diesem Ereignis.</translation>
    </message>
    <message>
      <source>Nothing yet. Switch the engine on and raise an event: every firing appears here.</source>
      <translation>Noch nichts. Schalten Sie die Engine ein und lösen Sie ein Ereignis aus: Jede Auslösung erscheint hier.</translation>
    </message>
    <message>
      <source>Notify by {0}</source>
      <translation>Benachrichtigen per {0}</translation>
    </message>
    <message>
      <source>On the flowchart</source>
      <translation>Auf dem Ablaufplan</translation>
    </message>
    <message>
      <source>On {0}</source>
      <translation>Bei: {0}</translation>
    </message>
    <message>
      <source>Once all</source>
      <translation>Sobald alle</translation>
    </message>
    <message>
      <source>Once for all that come close</source>
      <translation>Einmal für alle, die nah beieinander kommen</translation>
    </message>
    <message>
      <source>One by one</source>
      <translation>Nacheinander</translation>
    </message>
    <message>
      <source>One moment back (Left)</source>
      <translation>Einen Moment zurück (Links)</translation>
    </message>
    <message>
      <source>One moment on (Right)</source>
      <translation>Einen Moment weiter (Rechts)</translation>
    </message>
    <message>
      <source>Only how you see it</source>
      <translation>Nur, wie Sie es sehen</translation>
    </message>
    <message>
      <source>Only if</source>
      <translation>Nur wenn</translation>
    </message>
    <message>
      <source>Only if …</source>
      <translation>Nur wenn …</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Öffnen</translation>
    </message>
    <message>
      <source>Open or close {0}</source>
      <translation>{0} auf- oder zuklappen</translation>
    </message>
    <message>
      <source>Open the step in the form; unfold a folded rule</source>
      <translation>Den Schritt im Formular öffnen; eine zugeklappte Regel aufklappen</translation>
    </message>
    <message>
      <source>Operation not permitted</source>
      <translation>nicht erlaubt</translation>
    </message>
    <message>
      <source>Otherwise nothing happens. Add here what should happen then.</source>
      <translation>Sonst geschieht nichts. Fügen Sie hier hinzu, was dann geschehen soll.</translation>
    </message>
    <message>
      <source>Package the delivery when all scenes are approved</source>
      <translation>Die Lieferung packen, wenn alle Szenen freigegeben sind</translation>
    </message>
    <message>
      <source>Page (*.pdf)</source>
      <translation>Seite (*.pdf)</translation>
    </message>
    <message>
      <source>Palette</source>
      <translation>Palette</translation>
    </message>
    <message>
      <source>Palette: Enter puts a thing after the selected step</source>
      <translation>Palette: Enter setzt ein Ding hinter den ausgewählten Schritt</translation>
    </message>
    <message>
      <source>Parallel</source>
      <translation>Parallel</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>Einfügen</translation>
    </message>
    <message>
      <source>Paste steps after the selected one, or rules</source>
      <translation>Schritte hinter dem ausgewählten einfügen, oder Regeln</translation>
    </message>
    <message>
      <source>Pause (Space)</source>
      <translation>Pause (Leertaste)</translation>
    </message>
    <message>
      <source>Paused by itself: {0}</source>
      <translation>Hat sich selbst angehalten: {0}</translation>
    </message>
    <message>
      <source>Paused…</source>
      <translation>Pausiert…</translation>
    </message>
    <message>
      <source>People approve what is asked</source>
      <translation>Menschen stimmen allem zu</translation>
    </message>
    <message>
      <source>Permission denied</source>
      <translation>keine Berechtigung</translation>
    </message>
    <message>
      <source>Picture (*.png)</source>
      <translation>Bild (*.png)</translation>
    </message>
    <message>
      <source>Play (Space)</source>
      <translation>Abspielen (Leertaste)</translation>
    </message>
    <message>
      <source>Preview</source>
      <translation>Vorschau</translation>
    </message>
    <message>
      <source>Preview, dry run and records</source>
      <translation>Vorschau, Probelauf und Aufzeichnungen</translation>
    </message>
    <message>
      <source>Preview: nothing happens</source>
      <translation>Vorschau: Nichts geschieht</translation>
    </message>
    <message>
      <source>Priority</source>
      <translation>Priorität</translation>
    </message>
    <message>
      <source>Project</source>
      <translation>Projekt</translation>
    </message>
    <message>
      <source>Publish</source>
      <translation>Veröffentlichen</translation>
    </message>
    <message>
      <source>Publish (Ctrl+Return)</source>
      <translation>Veröffentlichen (Strg+Enter)</translation>
    </message>
    <message>
      <source>Publish it: so far it is your private draft, and no engine follows it.</source>
      <translation>Veröffentlichen Sie sie: Noch ist sie Ihr privater Entwurf, und keine Engine folgt ihr.</translation>
    </message>
    <message>
      <source>Publish mine instead</source>
      <translation>Stattdessen meine veröffentlichen</translation>
    </message>
    <message>
      <source>Published “{0}”{1}.</source>
      <translation>„{0}“ veröffentlicht{1}.</translation>
    </message>
    <message>
      <source>Put a failed scene aside for review and tell somebody</source>
      <translation>Eine gescheiterte Szene zur Durchsicht legen und jemandem Bescheid geben</translation>
    </message>
    <message>
      <source>Put a step after the selected one</source>
      <translation>Einen Schritt hinter den ausgewählten setzen</translation>
    </message>
    <message>
      <source>Put every card back where the layout wants it</source>
      <translation>Jede Karte dahin zurücklegen, wo die Anordnung sie haben will</translation>
    </message>
    <message>
      <source>Put into a branch</source>
      <translation>In eine Verzweigung setzen</translation>
    </message>
    <message>
      <source>Put into a parallel group</source>
      <translation>In eine parallele Gruppe setzen</translation>
    </message>
    <message>
      <source>Put into a sequence</source>
      <translation>In eine Folge setzen</translation>
    </message>
    <message>
      <source>Put the rule's cards back where the layout wants them</source>
      <translation>Die Karten der Regel dahin zurücklegen, wo die Anordnung sie haben will</translation>
    </message>
    <message>
      <source>Put the thing after the selected step, or begin a rule</source>
      <translation>Das Ding nach dem ausgewählten Schritt einfügen, oder eine Regel beginnen</translation>
    </message>
    <message>
      <source>QA</source>
      <translation>QS</translation>
    </message>
    <message>
      <source>QA pass rate</source>
      <translation>QS-Quote</translation>
    </message>
    <message>
      <source>QA runs</source>
      <translation>QS-Läufe</translation>
    </message>
    <message>
      <source>Question</source>
      <translation>Frage</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Beenden</translation>
    </message>
    <message>
      <source>Raise an event for real</source>
      <translation>Ein Ereignis wirklich auslösen</translation>
    </message>
    <message>
      <source>Raise an event; asks first, and says what it starts</source>
      <translation>Löst ein Ereignis aus; fragt zuerst und sagt, was es startet</translation>
    </message>
    <message>
      <source>Raised: {0} {1} {2}.</source>
      <translation>Ausgelöst: {0} {1} {2}.</translation>
    </message>
    <message>
      <source>Read-only file system</source>
      <translation>Datenträger ist schreibgeschützt</translation>
    </message>
    <message>
      <source>Reading the rules…</source>
      <translation>Die Regeln werden gelesen …</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>Grund</translation>
    </message>
    <message>
      <source>Reason for the answer</source>
      <translation>Grund der Antwort</translation>
    </message>
    <message>
      <source>Reason, if you like; it goes into the log</source>
      <translation>Grund, wenn Sie mögen; er kommt ins Protokoll</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>Wiederholen</translation>
    </message>
    <message>
      <source>Reduce motion</source>
      <translation>Weniger Bewegung</translation>
    </message>
    <message>
      <source>Refuse</source>
      <translation>Ablehnen</translation>
    </message>
    <message>
      <source>Refused; the firing fails.</source>
      <translation>Abgelehnt; die Auslösung scheitert.</translation>
    </message>
    <message>
      <source>Remove the condition on {0}</source>
      <translation>Die Bedingung zu {0} entfernen</translation>
    </message>
    <message>
      <source>Remove the empty box</source>
      <translation>Den leeren Kasten entfernen</translation>
    </message>
    <message>
      <source>Remove the parameter {0}</source>
      <translation>Den Parameter {0} entfernen</translation>
    </message>
    <message>
      <source>Remove this action</source>
      <translation>Diese Aktion entfernen</translation>
    </message>
    <message>
      <source>Remove this box</source>
      <translation>Diesen Kasten entfernen</translation>
    </message>
    <message>
      <source>Remove this condition</source>
      <translation>Diese Bedingung entfernen</translation>
    </message>
    <message>
      <source>Remove {0}</source>
      <translation>{0} entfernen</translation>
    </message>
    <message>
      <source>Remove “{0}”</source>
      <translation>„{0}“ entfernen</translation>
    </message>
    <message>
      <source>Replay</source>
      <translation>Wiedergabe</translation>
    </message>
    <message>
      <source>Replay the chain</source>
      <translation>Die Kette wiedergeben</translation>
    </message>
    <message>
      <source>Resume and discard</source>
      <translation>Fortsetzen und verwerfen</translation>
    </message>
    <message>
      <source>Resume and discard…</source>
      <translation>Fortsetzen und verwerfen…</translation>
    </message>
    <message>
      <source>Resume and run</source>
      <translation>Fortsetzen und ausführen</translation>
    </message>
    <message>
      <source>Resume and run…</source>
      <translation>Fortsetzen und ausführen…</translation>
    </message>
    <message>
      <source>Resume this chain and discard what was held…</source>
      <translation>Diese Kette fortsetzen und Zurückgehaltenes verwerfen…</translation>
    </message>
    <message>
      <source>Resume this chain and run what was held…</source>
      <translation>Diese Kette fortsetzen und Zurückgehaltenes ausführen…</translation>
    </message>
    <message>
      <source>Resume this chain…</source>
      <translation>Diese Kette fortsetzen…</translation>
    </message>
    <message>
      <source>Resume {0}</source>
      <translation>Fortsetzen: {0}</translation>
    </message>
    <message>
      <source>Resume {0} and discard what was held…</source>
      <translation>{0} fortsetzen und Zurückgehaltenes verwerfen…</translation>
    </message>
    <message>
      <source>Resume {0} and run what was held…</source>
      <translation>{0} fortsetzen und Zurückgehaltenes ausführen…</translation>
    </message>
    <message>
      <source>Resumed; what was held is discarded.</source>
      <translation>Fortgesetzt; was zurückgehalten war, ist verworfen.</translation>
    </message>
    <message>
      <source>Resumed; what was held runs now.</source>
      <translation>Fortgesetzt; was zurückgehalten war, läuft jetzt.</translation>
    </message>
    <message>
      <source>Resume…</source>
      <translation>Fortsetzen…</translation>
    </message>
    <message>
      <source>Roles come with a shared server.</source>
      <translation>Rollen kommen mit einem gemeinsamen Server.</translation>
    </message>
    <message>
      <source>Rule</source>
      <translation>Regel</translation>
    </message>
    <message>
      <source>Rule, entity or chain</source>
      <translation>Regel, Objekt oder Kette</translation>
    </message>
    <message>
      <source>Rules</source>
      <translation>Regeln</translation>
    </message>
    <message>
      <source>Rules (*.yaml *.yml *.json)</source>
      <translation>Regeln (*.yaml *.yml *.json)</translation>
    </message>
    <message>
      <source>Rules by name, effect or entity, and every command</source>
      <translation>Regeln nach Name, Wirkung oder Objekt, und jeder Befehl</translation>
    </message>
    <message>
      <source>Rules stand where their chains put them</source>
      <translation>Regeln stehen, wo ihre Ketten sie hinstellen</translation>
    </message>
    <message>
      <source>Run</source>
      <translation>Ausführen</translation>
    </message>
    <message>
      <source>Run for real</source>
      <translation>Wirklich ausführen</translation>
    </message>
    <message>
      <source>Run for real: {0}, {1}</source>
      <translation>Wirklich ausführen: {0}, {1}</translation>
    </message>
    <message>
      <source>Run for real…</source>
      <translation>Wirklich ausführen …</translation>
    </message>
    <message>
      <source>Run what was held</source>
      <translation>Zurückgehaltenes ausführen</translation>
    </message>
    <message>
      <source>Run “{0}” for real</source>
      <translation>„{0}“ wirklich ausführen</translation>
    </message>
    <message>
      <source>Save draft</source>
      <translation>Speichern</translation>
    </message>
    <message>
      <source>Say first which one it is about.</source>
      <translation>Sagen Sie zuerst, worum es geht.</translation>
    </message>
    <message>
      <source>Scalable picture (*.svg)</source>
      <translation>Skalierbares Bild (*.svg)</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>Suchen</translation>
    </message>
    <message>
      <source>Search rules</source>
      <translation>Regeln suchen</translation>
    </message>
    <message>
      <source>Search shortcuts</source>
      <translation>Tastenkürzel suchen</translation>
    </message>
    <message>
      <source>Search the gallery</source>
      <translation>Die Galerie durchsuchen</translation>
    </message>
    <message>
      <source>Search, or type another</source>
      <translation>Suchen, oder anderes eintippen</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>Geheimnis</translation>
    </message>
    <message>
      <source>See what an event would start. Nothing is changed.</source>
      <translation>Sehen, was ein Ereignis starten würde. Nichts wird geändert.</translation>
    </message>
    <message>
      <source>See what an event would start; changes nothing</source>
      <translation>Sehen, was ein Ereignis starten würde; ändert nichts</translation>
    </message>
    <message>
      <source>See whether each condition holds for an event; nothing happens</source>
      <translation>Sehen, ob jede Bedingung für ein Ereignis gilt; nichts geschieht</translation>
    </message>
    <message>
      <source>Select</source>
      <translation>Auswählen</translation>
    </message>
    <message>
      <source>Select a job to see what started it and what it started.</source>
      <translation>Wählen Sie einen Auftrag, um zu sehen, was ihn gestartet hat und was er gestartet hat.</translation>
    </message>
    <message>
      <source>Select a rule to see here what would happen if it fired.</source>
      <translation>Wählen Sie eine Regel, um hier zu sehen, was geschähe, wenn sie auslöste.</translation>
    </message>
    <message>
      <source>Select a step or a rule first.</source>
      <translation>Wählen Sie zuerst einen Schritt oder eine Regel.</translation>
    </message>
    <message>
      <source>Select an entry to see all of it.</source>
      <translation>Wählen Sie einen Eintrag, um ihn ganz zu sehen.</translation>
    </message>
    <message>
      <source>Select everything</source>
      <translation>Alles auswählen</translation>
    </message>
    <message>
      <source>Select nothing; give up a drag</source>
      <translation>Nichts auswählen; ein Ziehen abbrechen</translation>
    </message>
    <message>
      <source>Select one step first.</source>
      <translation>Wählen Sie zuerst einen Schritt.</translation>
    </message>
    <message>
      <source>Select the next card as well</source>
      <translation>Die nächste Karte dazu auswählen</translation>
    </message>
    <message>
      <source>Send a notification</source>
      <translation>Benachrichtigen</translation>
    </message>
    <message>
      <source>Sends</source>
      <translation>Sendet</translation>
    </message>
    <message>
      <source>Sequence</source>
      <translation>Folge</translation>
    </message>
    <message>
      <source>Set the limit</source>
      <translation>Grenze setzen</translation>
    </message>
    <message>
      <source>Set the status</source>
      <translation>Den Status setzen</translation>
    </message>
    <message>
      <source>Set {0}</source>
      <translation>{0} setzen</translation>
    </message>
    <message>
      <source>Set: {0}.</source>
      <translation>Gesetzt: {0}.</translation>
    </message>
    <message>
      <source>Several at once</source>
      <translation>Mehreres gleichzeitig</translation>
    </message>
    <message>
      <source>Several one after the other</source>
      <translation>Mehreres nacheinander</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>Zeigen</translation>
    </message>
    <message>
      <source>Show a chain as it went, step by step</source>
      <translation>Eine Kette zeigen, wie sie lief, Schritt für Schritt</translation>
    </message>
    <message>
      <source>Show everything</source>
      <translation>Alles zeigen</translation>
    </message>
    <message>
      <source>Show me</source>
      <translation>Zeigen</translation>
    </message>
    <message>
      <source>Show only log entries with</source>
      <translation>Nur Einträge zeigen mit</translation>
    </message>
    <message>
      <source>Show the chain as it went, step by step</source>
      <translation>Die Kette zeigen, wie sie lief, Schritt für Schritt</translation>
    </message>
    <message>
      <source>Show the menu</source>
      <translation>Menü zeigen</translation>
    </message>
    <message>
      <source>Show the palette without words</source>
      <translation>Die Palette ohne Wörter zeigen</translation>
    </message>
    <message>
      <source>Since</source>
      <translation>Seit</translation>
    </message>
    <message>
      <source>Somebody has changed {0} since; that part stays as it is.</source>
      <translation>Jemand hat {0} seither geändert; dieser Teil bleibt, wie er ist.</translation>
    </message>
    <message>
      <source>Somebody has published a newer revision since you began. Nothing of theirs or yours is lost.</source>
      <translation>Jemand hat eine neuere Fassung veröffentlicht, seit Sie begonnen haben. Nichts davon ist verloren, weder Ihres noch das andere.</translation>
    </message>
    <message>
      <source>Something went wrong in the program itself: {0}</source>
      <translation>Im Programm selbst ging etwas schief: {0}</translation>
    </message>
    <message>
      <source>Speed</source>
      <translation>Tempo</translation>
    </message>
    <message>
      <source>Starts that would go over it are held and go on by themselves, oldest first. A rule that fails too often is paused until somebody resumes it. It counts for everyone who shares this pipeline.</source>
      <translation>Was darüber hinaus starten würde, wird zurückgehalten und läuft von selbst weiter, das Älteste zuerst. Eine Regel, die zu oft fehlschlägt, wird angehalten, bis jemand sie fortsetzt. Das gilt für alle, die diese Pipeline teilen.</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Zustand</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>Still to fill in: {0}</source>
      <translation>Noch auszufüllen: {0}</translation>
    </message>
    <message>
      <source>Stop every rule everywhere</source>
      <translation>Jede Regel überall stoppen</translation>
    </message>
    <message>
      <source>Stop every rule in the selected rule's project</source>
      <translation>Jede Regel im Projekt der ausgewählten Regel stoppen</translation>
    </message>
    <message>
      <source>Stop the chain now</source>
      <translation>Kette jetzt stoppen</translation>
    </message>
    <message>
      <source>Stop the chain {0}</source>
      <translation>Die Kette {0} stoppen</translation>
    </message>
    <message>
      <source>Stop the selected rule; the others go on</source>
      <translation>Die ausgewählte Regel stoppen; die anderen gehen weiter</translation>
    </message>
    <message>
      <source>Stop this chain…</source>
      <translation>Diese Kette stoppen…</translation>
    </message>
    <message>
      <source>Stop this rule, or its project</source>
      <translation>Diese Regel oder ihr Projekt stoppen</translation>
    </message>
    <message>
      <source>Stopped before their next action: {0}</source>
      <translation>Vor der nächsten Aktion gestoppt: {0}</translation>
    </message>
    <message>
      <source>Stopped by hand to look into something</source>
      <translation>Von Hand gestoppt, um etwas nachzusehen</translation>
    </message>
    <message>
      <source>Stopped: {0}; {1} cancelled.</source>
      <translation>Gestoppt: {0}; abgebrochen: {1}.</translation>
    </message>
    <message>
      <source>Stops until a person has {0} {1} {2}.</source>
      <translation>Hält an, bis jemand „{1} {0}“ bestätigt: {2}.</translation>
    </message>
    <message>
      <source>Stops until the {0} says yes{1}</source>
      <translation>Hält an, bis zugestimmt ist ({0}){1}</translation>
    </message>
    <message>
      <source>Submit a job</source>
      <translation>Einen Auftrag erteilen</translation>
    </message>
    <message>
      <source>Submitted</source>
      <translation>Erteilt</translation>
    </message>
    <message>
      <source>Switch it on.</source>
      <translation>Schalten Sie sie ein.</translation>
    </message>
    <message>
      <source>Switch on or off</source>
      <translation>Ein- oder ausschalten</translation>
    </message>
    <message>
      <source>Switch the engine in this window on or off</source>
      <translation>Die Engine in diesem Fenster ein- oder ausschalten</translation>
    </message>
    <message>
      <source>Switched on</source>
      <translation>Eingeschaltet</translation>
    </message>
    <message>
      <source>Switched {0} {1}, for every engine at once.</source>
      <translation>{0} ist jetzt {1}, sofort für jede Engine.</translation>
    </message>
    <message>
      <source>Take the card into the selection, or out of it</source>
      <translation>Die Karte in die Auswahl nehmen oder heraus</translation>
    </message>
    <message>
      <source>Take the group apart</source>
      <translation>Die Gruppe auflösen</translation>
    </message>
    <message>
      <source>Take the selected steps or rules out</source>
      <translation>Die ausgewählten Schritte oder Regeln herausnehmen</translation>
    </message>
    <message>
      <source>Taken together</source>
      <translation>Zusammengefasst</translation>
    </message>
    <message>
      <source>Tell everybody when the whole project is delivered</source>
      <translation>Allen Bescheid geben, wenn das ganze Projekt ausgeliefert ist</translation>
    </message>
    <message>
      <source>Tell somebody when a job fails</source>
      <translation>Jemandem Bescheid geben, wenn ein Auftrag scheitert</translation>
    </message>
    <message>
      <source>Tell the production tracker when a delivery is approved</source>
      <translation>Dem Tracking melden, wenn eine Lieferung freigegeben ist</translation>
    </message>
    <message>
      <source>Templates</source>
      <translation>Vorlagen</translation>
    </message>
    <message>
      <source>Test conditions</source>
      <translation>Bedingungen testen</translation>
    </message>
    <message>
      <source>The attribute that holds their number</source>
      <translation>Das Attribut, das ihre Zahl enthält</translation>
    </message>
    <message>
      <source>The checks start and the mail goes out at once; neither waits for the other.</source>
      <translation>Die Prüfungen starten und die Mail geht sofort hinaus; keines wartet auf das andere.</translation>
    </message>
    <message>
      <source>The clipboard holds rules of another version; needed is “format: {0}”.</source>
      <translation>Die Zwischenablage enthält Regeln einer anderen Version; nötig ist „format: {0}“.</translation>
    </message>
    <message>
      <source>The copied text cannot be pasted: {0}{1}</source>
      <translation>Der kopierte Text lässt sich nicht einfügen: {0}{1}</translation>
    </message>
    <message>
      <source>The copied text is a bundle without rules.</source>
      <translation>Der kopierte Text ist ein Bündel ohne Regeln.</translation>
    </message>
    <message>
      <source>The copied text is no bundle of rules; one begins with “format: {0}”.</source>
      <translation>Der kopierte Text ist kein Bündel von Regeln; eines beginnt mit „format: {0}“.</translation>
    </message>
    <message>
      <source>The event to test the conditions against</source>
      <translation>Das Ereignis, mit dem die Bedingungen getestet werden</translation>
    </message>
    <message>
      <source>The firing in full</source>
      <translation>Die Auslösung im Ganzen</translation>
    </message>
    <message>
      <source>The language changes with the next start.</source>
      <translation>Die Sprache wechselt mit dem nächsten Start.</translation>
    </message>
    <message>
      <source>The menu of what is selected</source>
      <translation>Das Menü zum Ausgewählten</translation>
    </message>
    <message>
      <source>The preview uses an example that fits.</source>
      <translation>Die Vorschau nimmt ein passendes Beispiel.</translation>
    </message>
    <message>
      <source>The priority of {0} is {1} now{2}.</source>
      <translation>Die Priorität von {0} ist jetzt {1}{2}.</translation>
    </message>
    <message>
      <source>The rule as a sentence</source>
      <translation>Die Regel als Satz</translation>
    </message>
    <message>
      <source>The rule does not fire further down a chain than this, so that no loop runs away.</source>
      <translation>Die Regel löst in einer Kette nicht tiefer aus als hier, damit keine Schleife davonläuft.</translation>
    </message>
    <message>
      <source>The selection or all, as picture or text</source>
      <translation>Die Auswahl oder alles, als Bild oder Text</translation>
    </message>
    <message>
      <source>The standard checks are run on each scene as soon as it is completed.</source>
      <translation>Die Standardprüfungen laufen für jede Szene, sobald sie fertig ist.</translation>
    </message>
    <message>
      <source>The status</source>
      <translation>Der Status</translation>
    </message>
    <message>
      <source>The status all must have</source>
      <translation>Der Status, den alle haben müssen</translation>
    </message>
    <message>
      <source>Theirs stays in the rule's history</source>
      <translation>Die andere bleibt im Verlauf der Regel</translation>
    </message>
    <message>
      <source>Then</source>
      <translation>Dann</translation>
    </message>
    <message>
      <source>Then do</source>
      <translation>Dann</translation>
    </message>
    <message>
      <source>There is nothing on the clipboard that can be pasted here.</source>
      <translation>In der Zwischenablage ist nichts, was sich hier einfügen lässt.</translation>
    </message>
    <message>
      <source>This is no preview. It really happens: every engine on this pipeline acts on it at once.</source>
      <translation>Das ist keine Vorschau. Es geschieht wirklich: Jede Engine an dieser Pipeline handelt sofort danach.</translation>
    </message>
    <message>
      <source>This must be filled in.</source>
      <translation>Das muss ausgefüllt sein.</translation>
    </message>
    <message>
      <source>This really happens, and cannot be undone</source>
      <translation>Das geschieht wirklich und lässt sich nicht rückgängig machen</translation>
    </message>
    <message>
      <source>This rule only</source>
      <translation>Nur diese Regel</translation>
    </message>
    <message>
      <source>This rule starts no other action until somebody resumes; the others go on.</source>
      <translation>Diese Regel startet keine weitere Aktion, bis jemand fortsetzt; die anderen gehen weiter.</translation>
    </message>
    <message>
      <source>Tidy up everything</source>
      <translation>Alles aufräumen</translation>
    </message>
    <message>
      <source>Tidy up the rule</source>
      <translation>Die Regel aufräumen</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>Zeit</translation>
    </message>
    <message>
      <source>Times out</source>
      <translation>Läuft ab</translation>
    </message>
    <message>
      <source>To</source>
      <translation>An</translation>
    </message>
    <message>
      <source>To the beginning (Home)</source>
      <translation>Zum Anfang (Pos1)</translation>
    </message>
    <message>
      <source>To the end (End)</source>
      <translation>Zum Ende (Ende)</translation>
    </message>
    <message>
      <source>To the first card</source>
      <translation>Zur ersten Karte</translation>
    </message>
    <message>
      <source>To the next card above or below</source>
      <translation>Zur nächsten Karte darüber oder darunter</translation>
    </message>
    <message>
      <source>To the rule before or after</source>
      <translation>Zur Regel davor oder danach</translation>
    </message>
    <message>
      <source>Together, a burst of 200 approvals starts one job that names all 200, not 200 jobs.</source>
      <translation>Zusammen startet ein Schwung von 200 Freigaben einen Auftrag, der alle 200 nennt, nicht 200 Aufträge.</translation>
    </message>
    <message>
      <source>Tools</source>
      <translation>Werkzeuge</translation>
    </message>
    <message>
      <source>Tries</source>
      <translation>Versuche</translation>
    </message>
    <message>
      <source>Trigger Studio</source>
      <translation>Trigger Studio</translation>
    </message>
    <message>
      <source>Trigger log</source>
      <translation>Protokoll</translation>
    </message>
    <message>
      <source>Try a failed scene again in a lower resolution</source>
      <translation>Eine gescheiterte Szene in niedrigerer Auflösung neu versuchen</translation>
    </message>
    <message>
      <source>Try again from where it failed</source>
      <translation>Von der gescheiterten Stelle an neu versuchen</translation>
    </message>
    <message>
      <source>Turn into a group</source>
      <translation>In eine Gruppe verwandeln</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>Unfinished</source>
      <translation>Unfertig</translation>
    </message>
    <message>
      <source>Unfold every rule</source>
      <translation>Alle Regeln aufklappen</translation>
    </message>
    <message>
      <source>Ungroup</source>
      <translation>Gruppierung aufheben</translation>
    </message>
    <message>
      <source>Unit</source>
      <translation>Einheit</translation>
    </message>
    <message>
      <source>Use a list of just “{0}”</source>
      <translation>Eine Liste mit nur „{0}“ nehmen</translation>
    </message>
    <message>
      <source>Use the number {0}</source>
      <translation>Die Zahl {0} nehmen</translation>
    </message>
    <message>
      <source>Use the text “{0}”</source>
      <translation>Den Text „{0}“ nehmen</translation>
    </message>
    <message>
      <source>Use {0}</source>
      <translation>{0} nehmen</translation>
    </message>
    <message>
      <source>Use “https://{0}”</source>
      <translation>„https://{0}“ nehmen</translation>
    </message>
    <message>
      <source>Use “{0}”</source>
      <translation>„{0}“ nehmen</translation>
    </message>
    <message>
      <source>Used now</source>
      <translation>Jetzt verbraucht</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>Wert</translation>
    </message>
    <message>
      <source>Value of {0}</source>
      <translation>Wert von {0}</translation>
    </message>
    <message>
      <source>Version</source>
      <translation>Version</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Ansicht</translation>
    </message>
    <message>
      <source>Wait for a person</source>
      <translation>Menschen fragen</translation>
    </message>
    <message>
      <source>Wait until it is finished before going on</source>
      <translation>Warten, bis er fertig ist, bevor es weitergeht</translation>
    </message>
    <message>
      <source>Wait until the {0} says yes</source>
      <translation>Warten, bis zugestimmt ist ({0})</translation>
    </message>
    <message>
      <source>Waiting for room</source>
      <translation>Wartet auf Platz</translation>
    </message>
    <message>
      <source>Waiting for their batch, held when it would act: {0}</source>
      <translation>Sammeln sich noch, werden dann zurückgehalten: {0}</translation>
    </message>
    <message>
      <source>Waits</source>
      <translation>Wartet</translation>
    </message>
    <message>
      <source>Waits for all</source>
      <translation>Wartet auf alle</translation>
    </message>
    <message>
      <source>Waits until every one has a status, such as: once all nine scenes are approved</source>
      <translation>Wartet, bis jedes einen Status hat, etwa: sobald alle neun Szenen freigegeben sind</translation>
    </message>
    <message>
      <source>Waits until every scene of the character is approved, then packages them. With the last approval it goes by itself.</source>
      <translation>Wartet, bis jede Szene der Figur freigegeben ist, und packt sie dann. Mit der letzten Freigabe geht es von selbst.</translation>
    </message>
    <message>
      <source>Web address</source>
      <translation>Webadresse</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Was</translation>
    </message>
    <message>
      <source>What do you want to do?</source>
      <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
      <source>What followed</source>
      <translation>Was folgte</translation>
    </message>
    <message>
      <source>What happened at that moment</source>
      <translation>Was in diesem Moment geschah</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>Was geschieht</translation>
    </message>
    <message>
      <source>What happens to it</source>
      <translation>Was damit geschieht</translation>
    </message>
    <message>
      <source>What is asked about</source>
      <translation>Wonach gefragt wird</translation>
    </message>
    <message>
      <source>What is sent</source>
      <translation>Was gesendet wird</translation>
    </message>
    <message>
      <source>What is stopped…</source>
      <translation>Was ist gestoppt…</translation>
    </message>
    <message>
      <source>What is waited for</source>
      <translation>Worauf gewartet wird</translation>
    </message>
    <message>
      <source>What it does, in a few words</source>
      <translation>Was sie tut, in wenigen Worten</translation>
    </message>
    <message>
      <source>What it is about</source>
      <translation>Worum es geht</translation>
    </message>
    <message>
      <source>What it is compared with</source>
      <translation>Womit verglichen wird</translation>
    </message>
    <message>
      <source>What it started</source>
      <translation>Was er gestartet hat</translation>
    </message>
    <message>
      <source>What it will start</source>
      <translation>Was es startet</translation>
    </message>
    <message>
      <source>What only this limit held goes on</source>
      <translation>Was nur diese Grenze zurückhielt, läuft weiter</translation>
    </message>
    <message>
      <source>What should happen? Such as: approve, retry, mail, 4k</source>
      <translation>Was soll geschehen? Etwa: freigeben, neu versuchen, Mail, 4k</translation>
    </message>
    <message>
      <source>What started it</source>
      <translation>Was ihn gestartet hat</translation>
    </message>
    <message>
      <source>What started the job, and what it started</source>
      <translation>Was den Auftrag gestartet hat und was er gestartet hat</translation>
    </message>
    <message>
      <source>What the event is about</source>
      <translation>Worum es bei dem Ereignis geht</translation>
    </message>
    <message>
      <source>What was found</source>
      <translation>Was gefunden wurde</translation>
    </message>
    <message>
      <source>What would happen</source>
      <translation>Was geschehen würde</translation>
    </message>
    <message>
      <source>What would happen if the selected rule fired</source>
      <translation>Was geschähe, wenn die ausgewählte Regel auslöste</translation>
    </message>
    <message>
      <source>What {0} is compared with</source>
      <translation>Womit {0} verglichen wird</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Wenn</translation>
    </message>
    <message>
      <source>When </source>
      <translation>Wenn </translation>
    </message>
    <message>
      <source>When a character is approved, its first variant is made in a low resolution, so that there is something to look at.</source>
      <translation>Wird eine Figur freigegeben, entsteht ihre erste Variante in niedriger Auflösung, damit es etwas anzusehen gibt.</translation>
    </message>
    <message>
      <source>When a delivery is packaged, the producer is written to that it waits for an approval.</source>
      <translation>Ist eine Lieferung gepackt, wird der Produktion geschrieben, dass sie auf Freigabe wartet.</translation>
    </message>
    <message>
      <source>When it is not known</source>
      <translation>Wenn es nicht bekannt ist</translation>
    </message>
    <message>
      <source>When one event starts several rules, the highest goes first.</source>
      <translation>Startet ein Ereignis mehrere Regeln, kommt die höchste zuerst.</translation>
    </message>
    <message>
      <source>When something</source>
      <translation>Wenn etwas</translation>
    </message>
    <message>
      <source>When the last delivery of the project is approved, one mail goes to all who should know.</source>
      <translation>Ist die letzte Lieferung des Projekts freigegeben, geht eine Mail an alle, die es wissen sollen.</translation>
    </message>
    <message>
      <source>When the last scene of a character is completed, the scenes are joined to one film.</source>
      <translation>Ist die letzte Szene einer Figur fertig, werden die Szenen zu einem Film zusammengeschnitten.</translation>
    </message>
    <message>
      <source>When the scenes are joined, an admin is asked to watch the result. Only after a yes it is packaged.</source>
      <translation>Sind die Szenen zusammengeschnitten, wird ein Admin gebeten, das Ergebnis anzusehen. Erst nach einem Ja wird es gepackt.</translation>
    </message>
    <message>
      <source>Whether the rule matches this event</source>
      <translation>Ob die Regel zu diesem Ereignis passt</translation>
    </message>
    <message>
      <source>Which</source>
      <translation>Welches</translation>
    </message>
    <message>
      <source>Which action</source>
      <translation>Welche Aktion</translation>
    </message>
    <message>
      <source>Which job</source>
      <translation>Welcher Auftrag</translation>
    </message>
    <message>
      <source>Which one</source>
      <translation>Welches</translation>
    </message>
    <message>
      <source>Which project</source>
      <translation>Welches Projekt</translation>
    </message>
    <message>
      <source>Which rule follows?</source>
      <translation>Welche Regel folgt?</translation>
    </message>
    <message>
      <source>Which web address</source>
      <translation>Welche Webadresse</translation>
    </message>
    <message>
      <source>Which web address?</source>
      <translation>Welche Webadresse?</translation>
    </message>
    <message>
      <source>Who</source>
      <translation>Wer</translation>
    </message>
    <message>
      <source>Who decides</source>
      <translation>Wer entscheidet</translation>
    </message>
    <message>
      <source>Who gets the mail?</source>
      <translation>Wer bekommt die Mail?</translation>
    </message>
    <message>
      <source>Who is told</source>
      <translation>Wer benachrichtigt wird</translation>
    </message>
    <message>
      <source>Whose events count</source>
      <translation>Wessen Ereignisse zählen</translation>
    </message>
    <message>
      <source>Whose they are</source>
      <translation>Wozu sie gehören</translation>
    </message>
    <message>
      <source>Whose? (none ticked: anybody’s)</source>
      <translation>Wessen? (nichts angekreuzt: egal wessen)</translation>
    </message>
    <message>
      <source>Why there is no preview</source>
      <translation>Warum es keine Vorschau gibt</translation>
    </message>
    <message>
      <source>With</source>
      <translation>Mit</translation>
    </message>
    <message>
      <source>With my drafts</source>
      <translation>Mit meinen Entwürfen</translation>
    </message>
    <message>
      <source>With the event you test with: {0}.</source>
      <translation>Mit dem Testereignis, dass {0}.</translation>
    </message>
    <message>
      <source>Within any</source>
      <translation>Innerhalb von je</translation>
    </message>
    <message>
      <source>Would have matched at least {0} in {1} (still counting: {2} looked at)</source>
      <translation>Hätte in {1} mindestens {0} getroffen (wird noch gezählt: {2} angesehen)</translation>
    </message>
    <message>
      <source>Would have matched {0} in {1}</source>
      <translation>Hätte in {1} {0} getroffen</translation>
    </message>
    <message>
      <source>Wrote {0}.</source>
      <translation>{0} geschrieben.</translation>
    </message>
    <message>
      <source>You are admin here</source>
      <translation>Sie sind hier Admin</translation>
    </message>
    <message>
      <source>a branch</source>
      <translation>eine Verzweigung</translation>
    </message>
    <message>
      <source>a condition belongs to a rule’s event: drop it there; for a choice between actions take “If … otherwise …”</source>
      <translation>eine Bedingung gehört zum Ereignis einer Regel: legen Sie sie dort ab; für eine Wahl zwischen Aktionen nehmen Sie „Wenn … sonst …“</translation>
    </message>
    <message>
      <source>a condition on the event of {0}</source>
      <translation>eine Bedingung am Ereignis von {0}</translation>
    </message>
    <message>
      <source>a condition's field</source>
      <translation>das Feld einer Bedingung</translation>
    </message>
    <message>
      <source>a database URL holds no NUL character</source>
      <translation>eine Datenbankadresse enthält kein NUL-Zeichen</translation>
    </message>
    <message>
      <source>a database in a file has no host; write sqlite:///FILE</source>
      <translation>eine Datenbank in einer Datei hat keinen Rechner; schreiben Sie sqlite:///DATEI</translation>
    </message>
    <message>
      <source>a database in memory cannot be shared; give a file: sqlite:///FILE</source>
      <translation>eine Datenbank im Arbeitsspeicher lässt sich nicht teilen; eine Datei angeben: sqlite:///DATEI</translation>
    </message>
    <message>
      <source>a gate</source>
      <translation>ein Haltepunkt</translation>
    </message>
    <message>
      <source>a group</source>
      <translation>eine Gruppe</translation>
    </message>
    <message>
      <source>a group has exactly one of all, any, none</source>
      <translation>eine Gruppe hat genau eines von all, any, none</translation>
    </message>
    <message>
      <source>a halt needs a reason, for whoever finds it standing</source>
      <translation>ein Halt braucht einen Grund, für alle, die ihn vorfinden</translation>
    </message>
    <message>
      <source>a halt stands</source>
      <translation>ein Stopp gilt</translation>
    </message>
    <message>
      <source>a job</source>
      <translation>ein Auftrag</translation>
    </message>
    <message>
      <source>a limit needs a time longer than 0 s</source>
      <translation>eine Grenze braucht eine Zeit von mehr als 0 s</translation>
    </message>
    <message>
      <source>a limit of {0} {1} cannot be; allowed: {2} or more</source>
      <translation>eine Grenze von {0} {1} geht nicht; erlaubt: {2} oder mehr</translation>
    </message>
    <message>
      <source>a list</source>
      <translation>eine Liste</translation>
    </message>
    <message>
      <source>a list of at least one</source>
      <translation>eine Liste mit mindestens einem Eintrag</translation>
    </message>
    <message>
      <source>a list of rules</source>
      <translation>eine Liste von Regeln</translation>
    </message>
    <message>
      <source>a list of text</source>
      <translation>eine Liste von Texten</translation>
    </message>
    <message>
      <source>a mapping</source>
      <translation>eine Zuordnung</translation>
    </message>
    <message>
      <source>a mapping with an id</source>
      <translation>eine Zuordnung mit einer Kennung (id)</translation>
    </message>
    <message>
      <source>a message</source>
      <translation>eine Nachricht</translation>
    </message>
    <message>
      <source>a new rule begins here</source>
      <translation>hier beginnt eine neue Regel</translation>
    </message>
    <message>
      <source>a new rule for “{0}”</source>
      <translation>eine neue Regel für „{0}“</translation>
    </message>
    <message>
      <source>a notification</source>
      <translation>eine Benachrichtigung</translation>
    </message>
    <message>
      <source>a number</source>
      <translation>eine Zahl</translation>
    </message>
    <message>
      <source>a number{0}{1}</source>
      <translation>eine Zahl{0}{1}</translation>
    </message>
    <message>
      <source>a parallel group</source>
      <translation>eine parallele Gruppe</translation>
    </message>
    <message>
      <source>a person decides</source>
      <translation>ein Mensch entscheidet</translation>
    </message>
    <message>
      <source>a person, after {0}</source>
      <translation>einen Menschen, nach {0}</translation>
    </message>
    <message>
      <source>a rule cannot follow itself; that would never end</source>
      <translation>eine Regel kann sich nicht selbst folgen; das nähme kein Ende</translation>
    </message>
    <message>
      <source>a rule has one event, at its beginning: drop this there, or on empty ground for a new rule</source>
      <translation>eine Regel hat ein Ereignis, an ihrem Anfang: legen Sie dies dort ab, oder auf leerem Grund für eine neue Regel</translation>
    </message>
    <message>
      <source>a rule is a mapping</source>
      <translation>eine Regel ist eine Zuordnung</translation>
    </message>
    <message>
      <source>a scope is {characters: [ids]}, {characters: all} or {project: true}</source>
      <translation>ein Geltungsbereich ist {characters: [ids]}, {characters: all} oder {project: true}</translation>
    </message>
    <message>
      <source>a sequence</source>
      <translation>eine Folge</translation>
    </message>
    <message>
      <source>a status</source>
      <translation>ein Status</translation>
    </message>
    <message>
      <source>a status is needed; found an empty one</source>
      <translation>ein Status fehlt; gefunden: ein leerer</translation>
    </message>
    <message>
      <source>a time with its offset, like 2026-11-20T09:30:00Z or 2026-11-20T10:30:00+01:00</source>
      <translation>eine Zeit mit ihrem Abstand zur Weltzeit wie 2026-11-20T09:30:00Z oder 2026-11-20T10:30:00+01:00</translation>
    </message>
    <message>
      <source>a value</source>
      <translation>ein Wert</translation>
    </message>
    <message>
      <source>a value is listed twice</source>
      <translation>ein Wert steht zweimal da</translation>
    </message>
    <message>
      <source>a web address here holds no user or password; name a secret instead</source>
      <translation>eine Webadresse enthält hier weder Namen noch Passwort; stattdessen ein Geheimnis nennen</translation>
    </message>
    <message>
      <source>a web address holds no spaces or control characters</source>
      <translation>eine Webadresse enthält keine Leer- oder Steuerzeichen</translation>
    </message>
    <message>
      <source>a webhook</source>
      <translation>ein Webhook</translation>
    </message>
    <message>
      <source>a whole number</source>
      <translation>eine ganze Zahl</translation>
    </message>
    <message>
      <source>a {0}'s id is needed; found an empty one</source>
      <translation>eine Kennung fehlt ({0}); gefunden: eine leere</translation>
    </message>
    <message>
      <source>about {0}{1}</source>
      <translation>etwa {0}{1}</translation>
    </message>
    <message>
      <source>action</source>
      <translation>Aktion</translation>
    </message>
    <message>
      <source>actions.{0} names the unknown job type {1}</source>
      <translation>actions.{0} nennt die unbekannte Auftragsart {1}</translation>
    </message>
    <message>
      <source>add a condition</source>
      <translation>eine Bedingung hinzufügen</translation>
    </message>
    <message>
      <source>add one of {0}</source>
      <translation>bei {0} eines hinzufügen</translation>
    </message>
    <message>
      <source>add {0}</source>
      <translation>{0} hinzufügen</translation>
    </message>
    <message>
      <source>admin</source>
      <translation>Admin</translation>
    </message>
    <message>
      <source>after</source>
      <translation>nach</translation>
    </message>
    <message>
      <source>after {0}</source>
      <translation>nach {0}</translation>
    </message>
    <message>
      <source>aliases blow the document up by more than {0} characters</source>
      <translation>Verweise blähen das Dokument um mehr als {0} Zeichen auf</translation>
    </message>
    <message>
      <source>aliases blow the document up by more than {0} values</source>
      <translation>Verweise blähen das Dokument um mehr als {0} Werte auf</translation>
    </message>
    <message>
      <source>alive</source>
      <translation>lebt</translation>
    </message>
    <message>
      <source>all at once</source>
      <translation>alles gleichzeitig</translation>
    </message>
    <message>
      <source>all done</source>
      <translation>alles fertig</translation>
    </message>
    <message>
      <source>all of these hold</source>
      <translation>alle davon gelten</translation>
    </message>
    <message>
      <source>all {0}</source>
      <translation>alle {0}</translation>
    </message>
    <message>
      <source>allowed an address outside</source>
      <translation>Adresse draußen erlaubt</translation>
    </message>
    <message>
      <source>allowed: {0}</source>
      <translation>erlaubt: {0}</translation>
    </message>
    <message>
      <source>allowed: {0}; did you mean '{1}'?</source>
      <translation>erlaubt: {0}; war „{1}“ gemeint?</translation>
    </message>
    <message>
      <source>among</source>
      <translation>unter</translation>
    </message>
    <message>
      <source>an action cannot come before the rule’s conditions; drop it after them</source>
      <translation>eine Aktion kann nicht vor den Bedingungen der Regel stehen; legen Sie sie dahinter ab</translation>
    </message>
    <message>
      <source>an admin has not approved it as it is now</source>
      <translation>ein Admin hat sie in dieser Form nicht freigegeben</translation>
    </message>
    <message>
      <source>an empty group is not allowed</source>
      <translation>eine leere Gruppe ist nicht erlaubt</translation>
    </message>
    <message>
      <source>an engine keeps its lock in {0}, and cannot: {1}</source>
      <translation>eine Engine legt ihre Sperre in {0} ab und kann es nicht: {1}</translation>
    </message>
    <message>
      <source>an object</source>
      <translation>ein Objekt</translation>
    </message>
    <message>
      <source>and</source>
      <translation>und</translation>
    </message>
    <message>
      <source>and they are</source>
      <translation>und sie sind</translation>
    </message>
    <message>
      <source>and {0} more</source>
      <translation>und {0} mehr</translation>
    </message>
    <message>
      <source>and {0} more rules</source>
      <translation>und {0} weitere Regeln</translation>
    </message>
    <message>
      <source>another halt stands</source>
      <translation>ein anderer Stopp besteht</translation>
    </message>
    <message>
      <source>any QA</source>
      <translation>ein QS-Lauf</translation>
    </message>
    <message>
      <source>any character</source>
      <translation>eine Figur</translation>
    </message>
    <message>
      <source>any concatenation</source>
      <translation>ein Zusammenschnitt</translation>
    </message>
    <message>
      <source>any delivery</source>
      <translation>eine Lieferung</translation>
    </message>
    <message>
      <source>any job</source>
      <translation>ein Auftrag</translation>
    </message>
    <message>
      <source>any of these holds</source>
      <translation>mindestens eines davon gilt</translation>
    </message>
    <message>
      <source>any project</source>
      <translation>ein Projekt</translation>
    </message>
    <message>
      <source>any scene</source>
      <translation>eine Szene</translation>
    </message>
    <message>
      <source>any variant</source>
      <translation>eine Variante</translation>
    </message>
    <message>
      <source>approved</source>
      <translation>freigegeben</translation>
    </message>
    <message>
      <source>approved a gate</source>
      <translation>Haltepunkt gebilligt</translation>
    </message>
    <message>
      <source>approved a rule</source>
      <translation>Regel freigegeben</translation>
    </message>
    <message>
      <source>are</source>
      <translation>sind</translation>
    </message>
    <message>
      <source>are approved</source>
      <translation>freigegeben sind</translation>
    </message>
    <message>
      <source>are completed</source>
      <translation>fertig sind</translation>
    </message>
    <message>
      <source>are set to {0}</source>
      <translation>auf „{0}“ gesetzt sind</translation>
    </message>
    <message>
      <source>as a new draft</source>
      <translation>als neuer Entwurf</translation>
    </message>
    <message>
      <source>as known; or tier=4k, …</source>
      <translation>wie bekannt; oder tier=4k, …</translation>
    </message>
    <message>
      <source>as many as its</source>
      <translation>so viele wie angegeben in</translation>
    </message>
    <message>
      <source>asks that {0}, which is never so for what this raises</source>
      <translation>verlangt, dass {0}, was für das hier Ausgelöste nie gilt</translation>
    </message>
    <message>
      <source>at least</source>
      <translation>mindestens</translation>
    </message>
    <message>
      <source>at least {0}</source>
      <translation>mindestens {0}</translation>
    </message>
    <message>
      <source>at most</source>
      <translation>höchstens</translation>
    </message>
    <message>
      <source>at most {0}</source>
      <translation>höchstens {0}</translation>
    </message>
    <message>
      <source>at most {0} characters</source>
      <translation>höchstens {0} Zeichen</translation>
    </message>
    <message>
      <source>at once</source>
      <translation>sofort</translation>
    </message>
    <message>
      <source>at the end of {0}</source>
      <translation>am Ende von {0}</translation>
    </message>
    <message>
      <source>at the same time</source>
      <translation>gleichzeitig</translation>
    </message>
    <message>
      <source>at {0}</source>
      <translation>mit {0}</translation>
    </message>
    <message>
      <source>bar</source>
      <translation>Balken</translation>
    </message>
    <message>
      <source>because {0}</source>
      <translation>weil {0}</translation>
    </message>
    <message>
      <source>before {0}</source>
      <translation>vor {0}</translation>
    </message>
    <message>
      <source>begin {0}</source>
      <translation>{0} beginnen</translation>
    </message>
    <message>
      <source>begin “{0}”</source>
      <translation>„{0}“ beginnen</translation>
    </message>
    <message>
      <source>between</source>
      <translation>zwischen</translation>
    </message>
    <message>
      <source>branch</source>
      <translation>Verzweigung</translation>
    </message>
    <message>
      <source>branches on whether {0}</source>
      <translation>verzweigt, je nachdem ob {0}</translation>
    </message>
    <message>
      <source>by a person</source>
      <translation>durch einen Menschen</translation>
    </message>
    <message>
      <source>call </source>
      <translation>Aufruf von </translation>
    </message>
    <message>
      <source>calls {0}</source>
      <translation>ruft {0} auf</translation>
    </message>
    <message>
      <source>can submit {0} jobs</source>
      <translation>kann Aufträge der Art {0} erteilen</translation>
    </message>
    <message>
      <source>cancelled jobs</source>
      <translation>hat Aufträge abgebrochen</translation>
    </message>
    <message>
      <source>cannot read {0}: {1}</source>
      <translation>{0} lässt sich nicht lesen: {1}</translation>
    </message>
    <message>
      <source>cannot write {0}: {1}</source>
      <translation>{0} lässt sich nicht schreiben: {1}</translation>
    </message>
    <message>
      <source>chain</source>
      <translation>Kette</translation>
    </message>
    <message>
      <source>change {0}</source>
      <translation>{0} ändern</translation>
    </message>
    <message>
      <source>change {0} things</source>
      <translation>{0} Dinge ändern</translation>
    </message>
    <message>
      <source>change {0} to {1}</source>
      <translation>{0} in {1} ändern</translation>
    </message>
    <message>
      <source>character</source>
      <translation>Figur</translation>
    </message>
    <message>
      <source>characters</source>
      <translation>Figuren</translation>
    </message>
    <message>
      <source>choice</source>
      <translation>Auswahl</translation>
    </message>
    <message>
      <source>choose a database of its own by --db</source>
      <translation>wählen Sie mit --db eine eigene Datenbank</translation>
    </message>
    <message>
      <source>command</source>
      <translation>Befehl</translation>
    </message>
    <message>
      <source>complete</source>
      <translation>vollständig</translation>
    </message>
    <message>
      <source>completed</source>
      <translation>fertig</translation>
    </message>
    <message>
      <source>completes</source>
      <translation>fertig wird</translation>
    </message>
    <message>
      <source>concatenation</source>
      <translation>Zusammenschnitt</translation>
    </message>
    <message>
      <source>concatenations</source>
      <translation>Zusammenschnitte</translation>
    </message>
    <message>
      <source>condition</source>
      <translation>Bedingung</translation>
    </message>
    <message>
      <source>contains</source>
      <translation>enthält</translation>
    </message>
    <message>
      <source>contains …</source>
      <translation>… enthält</translation>
    </message>
    <message>
      <source>database</source>
      <translation>Datenbank</translation>
    </message>
    <message>
      <source>database {0} holds tables; --overwrite puts the backup in their place</source>
      <translation>Datenbank {0} enthält Tabellen; --overwrite setzt die Sicherung an ihre Stelle</translation>
    </message>
    <message>
      <source>database {0}: it holds tables of something else ({1}); {2}</source>
      <translation>Datenbank {0}: sie enthält Tabellen von etwas anderem ({1}); {2}</translation>
    </message>
    <message>
      <source>database {0}: it is empty; 'trigger-studio db upgrade' makes it ready</source>
      <translation>Datenbank {0}: sie ist leer; „trigger-studio db upgrade“ richtet sie ein</translation>
    </message>
    <message>
      <source>database {0}: it is empty; there is nothing to copy</source>
      <translation>Datenbank {0}: sie ist leer; es gibt nichts zu kopieren</translation>
    </message>
    <message>
      <source>database {0}: its schema is {1}, newer than this program's {2}; update the program</source>
      <translation>Datenbank {0}: ihr Schema ist {1}, neuer als {2} dieses Programms; das Programm aktualisieren</translation>
    </message>
    <message>
      <source>database {0}: its schema is {1}, this program's {2}; run 'trigger-studio db upgrade'</source>
      <translation>Datenbank {0}: ihr Schema ist {1}, das des Programms {2}; „trigger-studio db upgrade“ aufrufen</translation>
    </message>
    <message>
      <source>database {0}: its table {1} belongs to something else{2}, and two cannot share it; choose a database of its own by --db</source>
      <translation>Datenbank {0}: ihre Tabelle {1} gehört zu etwas anderem{2}, und zwei können sie nicht teilen; wählen Sie mit --db eine eigene Datenbank</translation>
    </message>
    <message>
      <source>database {0}: stop its engines first; heard within the last {1:g} s: {2}</source>
      <translation>Datenbank {0}: halten Sie zuerst ihre Engines an; in den letzten {1:g} s gehört: {2}</translation>
    </message>
    <message>
      <source>database {0}: table {1} does not hold the one row that says which schema this is; restore a backup, or run 'trigger-studio db repair'</source>
      <translation>Datenbank {0}: Tabelle {1} enthält nicht die eine Zeile, die sagt, welches Schema dies ist; spielen Sie eine Sicherung ein oder rufen Sie „trigger-studio db repair“ auf</translation>
    </message>
    <message>
      <source>database {0}: {1}</source>
      <translation>Datenbank {0}: {1}</translation>
    </message>
    <message>
      <source>database {0}: {1} while it was open; start again to work on it</source>
      <translation>Datenbank {0}: {1}, während sie offen war; neu starten, um mit ihr zu arbeiten</translation>
    </message>
    <message>
      <source>database {0}: {1}; 'trigger-studio db check' says where</source>
      <translation>Datenbank {0}: {1}; „trigger-studio db check“ sagt, wo</translation>
    </message>
    <message>
      <source>days</source>
      <translation>Tage</translation>
    </message>
    <message>
      <source>dd MMM HH:mm</source>
      <translation>d. MMM HH:mm</translation>
    </message>
    <message>
      <source>dd MMM HH:mm:ss</source>
      <translation>d. MMM HH:mm:ss</translation>
    </message>
    <message>
      <source>delete {0}</source>
      <translation>{0} löschen</translation>
    </message>
    <message>
      <source>deleted rules</source>
      <translation>Regeln gelöscht</translation>
    </message>
    <message>
      <source>deliveries</source>
      <translation>Lieferungen</translation>
    </message>
    <message>
      <source>delivery</source>
      <translation>Lieferung</translation>
    </message>
    <message>
      <source>dialogue</source>
      <translation>Dialog</translation>
    </message>
    <message>
      <source>disabled</source>
      <translation>aus</translation>
    </message>
    <message>
      <source>discard the draft</source>
      <translation>den Entwurf verwerfen</translation>
    </message>
    <message>
      <source>discard {0} drafts</source>
      <translation>{0} Entwürfe verwerfen</translation>
    </message>
    <message>
      <source>discarded</source>
      <translation>verworfen</translation>
    </message>
    <message>
      <source>discarded by a person</source>
      <translation>von jemandem verworfen</translation>
    </message>
    <message>
      <source>does not contain</source>
      <translation>enthält nicht</translation>
    </message>
    <message>
      <source>does not contain …</source>
      <translation>… nicht enthält</translation>
    </message>
    <message>
      <source>does not hold</source>
      <translation>gilt nicht</translation>
    </message>
    <message>
      <source>does not start with</source>
      <translation>beginnt nicht mit</translation>
    </message>
    <message>
      <source>does not start with …</source>
      <translation>nicht mit … beginnt</translation>
    </message>
    <message>
      <source>done</source>
      <translation>fertig</translation>
    </message>
    <message>
      <source>draft</source>
      <translation>Entwurf</translation>
    </message>
    <message>
      <source>drop it on a step, on a line between steps, or in a rule’s box; an event on empty ground begins a rule</source>
      <translation>legen Sie es auf einem Schritt ab, auf einer Linie zwischen Schritten oder im Kasten einer Regel; ein Ereignis auf leerem Grund beginnt eine Regel</translation>
    </message>
    <message>
      <source>drop it on another rule’s event, or on empty ground for a new rule</source>
      <translation>legen Sie es auf dem Ereignis einer anderen Regel ab, oder auf leerem Grund für eine neue Regel</translation>
    </message>
    <message>
      <source>duplicate {0}</source>
      <translation>{0} duplizieren</translation>
    </message>
    <message>
      <source>earlier</source>
      <translation>nach vorn</translation>
    </message>
    <message>
      <source>email</source>
      <translation>E-Mail</translation>
    </message>
    <message>
      <source>en</source>
      <translation>de</translation>
    </message>
    <message>
      <source>entities</source>
      <translation>Objekte</translation>
    </message>
    <message>
      <source>entity kind</source>
      <translation>Art von Objekt</translation>
    </message>
    <message>
      <source>establishing</source>
      <translation>Einführung</translation>
    </message>
    <message>
      <source>event</source>
      <translation>Ereignis</translation>
    </message>
    <message>
      <source>event type</source>
      <translation>Art von Ereignis</translation>
    </message>
    <message>
      <source>event {0}: {1} {2}</source>
      <translation>Ereignis {0}: {1} {2}</translation>
    </message>
    <message>
      <source>every project</source>
      <translation>jedes Projekt</translation>
    </message>
    <message>
      <source>everything</source>
      <translation>alles</translation>
    </message>
    <message>
      <source>failed</source>
      <translation>gescheitert</translation>
    </message>
    <message>
      <source>failed firings, before the rule pauses</source>
      <translation>Fehlschläge, bevor die Regel anhält</translation>
    </message>
    <message>
      <source>fails</source>
      <translation>scheitert</translation>
    </message>
    <message>
      <source>false</source>
      <translation>falsch</translation>
    </message>
    <message>
      <source>field</source>
      <translation>Feld</translation>
    </message>
    <message>
      <source>firing '{0}' cannot go on under the profile in force: {1}</source>
      <translation>die Auslösung „{0}“ kann unter dem geltenden Profil nicht weitergehen: {1}</translation>
    </message>
    <message>
      <source>firing '{0}' cannot go on: {1}</source>
      <translation>die Auslösung „{0}“ kann nicht weitergehen: {1}</translation>
    </message>
    <message>
      <source>firing '{0}' is {1}; only a failed one can be retried</source>
      <translation>die Auslösung „{0}“ ist {1}; nur eine gescheiterte lässt sich wiederholen</translation>
    </message>
    <message>
      <source>firings that start</source>
      <translation>Auslösungen, die starten</translation>
    </message>
    <message>
      <source>first in {0}</source>
      <translation>zuerst in {0}</translation>
    </message>
    <message>
      <source>for ever</source>
      <translation>für immer</translation>
    </message>
    <message>
      <source>for example {0}</source>
      <translation>zum Beispiel {0}</translation>
    </message>
    <message>
      <source>forbade an address outside</source>
      <translation>Adresse draußen verboten</translation>
    </message>
    <message>
      <source>found a {0}; allowed are text, numbers, true, false, null, lists and mappings</source>
      <translation>gefunden: {0}; erlaubt sind Text, Zahlen, true, false, null, Listen und Zuordnungen</translation>
    </message>
    <message>
      <source>found {0}</source>
      <translation>gefunden: {0}</translation>
    </message>
    <message>
      <source>found {0} characters; at most {1} are allowed</source>
      <translation>gefunden: {0} Zeichen; höchstens {1} sind erlaubt</translation>
    </message>
    <message>
      <source>found {0}; a bundle is a mapping with the keys format and rules</source>
      <translation>gefunden: {0}; ein Bündel ist eine Zuordnung mit den Schlüsseln format und rules</translation>
    </message>
    <message>
      <source>found {0}; a condition's value is literal, templates go into actions</source>
      <translation>gefunden: {0}; der Wert einer Bedingung steht fest, Vorlagen gehören in Aktionen</translation>
    </message>
    <message>
      <source>found {0}; a finite number is needed</source>
      <translation>gefunden: {0}; nötig: eine endliche Zahl</translation>
    </message>
    <message>
      <source>found {0}; a pipeline file is a mapping like {{"projects": [], "scenes": []}}</source>
      <translation>gefunden: {0}; eine Pipeline-Datei ist eine Zuordnung wie {{"projects": [], "scenes": []}}</translation>
    </message>
    <message>
      <source>found {0}; a template names one value, like {1}, and runs no code</source>
      <translation>gefunden: {0}; eine Vorlage nennt einen Wert wie {1} und führt nichts aus</translation>
    </message>
    <message>
      <source>found {0}; a text cannot hold NUL or half of a surrogate pair</source>
      <translation>gefunden: {0}; ein Text kann weder NUL noch ein halbes Ersatzpaar enthalten</translation>
    </message>
    <message>
      <source>found {0}; a {1} is its own {2}: leave it out</source>
      <translation>gefunden: {0}; {1} ist schon sein eigenes {2}: weglassen</translation>
    </message>
    <message>
      <source>found {0}; a {1} is its own {2}: {3} or null</source>
      <translation>gefunden: {0}; {1} ist schon sein eigenes {2}: {3} oder null</translation>
    </message>
    <message>
      <source>found {0}; an event is an object</source>
      <translation>gefunden: {0}; ein Ereignis ist ein Objekt</translation>
    </message>
    <message>
      <source>found {0}; between needs [low, high]</source>
      <translation>gefunden: {0}; „zwischen“ braucht zwei Werte: [von, bis]</translation>
    </message>
    <message>
      <source>found {0}; it is literal, so that no template evades an approval</source>
      <translation>gefunden: {0}; es steht fest, damit keine Vorlage eine Freigabe umgeht</translation>
    </message>
    <message>
      <source>found {0}; needed: {1}</source>
      <translation>gefunden: {0}; nötig: {1}</translation>
    </message>
    <message>
      <source>found {0}; seconds go from 00 to 59</source>
      <translation>gefunden: {0}; Sekunden gehen von 00 bis 59</translation>
    </message>
    <message>
      <source>found {0}; the low end comes first</source>
      <translation>gefunden: {0}; das untere Ende kommt zuerst</translation>
    </message>
    <message>
      <source>found {0}; this name is the program's own ({1}): name another secret</source>
      <translation>gefunden: {0}; dieser Name gehört dem Programm selbst ({1}): nennen Sie ein anderes Geheimnis</translation>
    </message>
    <message>
      <source>found {0}; whole numbers have at most 64 bits</source>
      <translation>gefunden: {0}; ganze Zahlen haben höchstens 64 Bit</translation>
    </message>
    <message>
      <source>found {0}; {1}</source>
      <translation>gefunden: {0}; {1}</translation>
    </message>
    <message>
      <source>found {0}; {1} is {2}</source>
      <translation>gefunden: {0}; {1} ist {2}</translation>
    </message>
    <message>
      <source>found {0}; {1} needs a list of at least one value: {2}</source>
      <translation>gefunden: {0}; {1} braucht eine Liste mit mindestens einem Wert: {2}</translation>
    </message>
    <message>
      <source>found {0}; {1} takes no value</source>
      <translation>gefunden: {0}; {1} nimmt keinen Wert</translation>
    </message>
    <message>
      <source>from</source>
      <translation>von</translation>
    </message>
    <message>
      <source>full</source>
      <translation>ausgeschöpft</translation>
    </message>
    <message>
      <source>gate</source>
      <translation>Haltepunkt</translation>
    </message>
    <message>
      <source>gate '{0}' was {1} before</source>
      <translation>der Haltepunkt „{0}“ ist schon beantwortet: {1}</translation>
    </message>
    <message>
      <source>gate '{0}' was {1} by {2} before</source>
      <translation>der Haltepunkt „{0}“ ist von {2} schon beantwortet: {1}</translation>
    </message>
    <message>
      <source>gather for</source>
      <translation>sammeln für</translation>
    </message>
    <message>
      <source>goes on</source>
      <translation>geht weiter</translation>
    </message>
    <message>
      <source>goes on at once</source>
      <translation>geht sofort weiter</translation>
    </message>
    <message>
      <source>groups are nested deeper than the {0} levels allowed</source>
      <translation>Gruppen sind tiefer verschachtelt als die erlaubten {0} Ebenen</translation>
    </message>
    <message>
      <source>halted</source>
      <translation>gestoppt</translation>
    </message>
    <message>
      <source>has failed</source>
      <translation>scheitert</translation>
    </message>
    <message>
      <source>has problems</source>
      <translation>hat Probleme</translation>
    </message>
    <message>
      <source>have failed</source>
      <translation>gescheitert sind</translation>
    </message>
    <message>
      <source>held</source>
      <translation>zurückgehalten</translation>
    </message>
    <message>
      <source>here, where nothing is done yet</source>
      <translation>hier, wo noch nichts getan wird</translation>
    </message>
    <message>
      <source>holds no event; exactly one is needed</source>
      <translation>enthält kein Ereignis; nötig: genau eines</translation>
    </message>
    <message>
      <source>holds {0} events; exactly one is needed</source>
      <translation>enthält {0} Ereignisse; nötig: genau eines</translation>
    </message>
    <message>
      <source>hours</source>
      <translation>Stunden</translation>
    </message>
    <message>
      <source>how long events gather</source>
      <translation>wie lange Ereignisse sich sammeln</translation>
    </message>
    <message>
      <source>how long it waits</source>
      <translation>wie lange gewartet wird</translation>
    </message>
    <message>
      <source>how many there must be</source>
      <translation>wie viele es sein müssen</translation>
    </message>
    <message>
      <source>how the actions run</source>
      <translation>wie die Aktionen laufen</translation>
    </message>
    <message>
      <source>how {0} is compared</source>
      <translation>wie {0} verglichen wird</translation>
    </message>
    <message>
      <source>human names {0}; allowed is &lt;kind&gt;.&lt;event type&gt;, e.g. variant.approved</source>
      <translation>human nennt {0}; erlaubt ist &lt;Art&gt;.&lt;Ereignis&gt;, etwa variant.approved</translation>
    </message>
    <message>
      <source>if </source>
      <translation>wenn </translation>
    </message>
    <message>
      <source>imported rules</source>
      <translation>Regeln importiert</translation>
    </message>
    <message>
      <source>imported the pipeline</source>
      <translation>Pipeline importiert</translation>
    </message>
    <message>
      <source>in every project</source>
      <translation>in jedem Projekt</translation>
    </message>
    <message>
      <source>in rule {0}</source>
      <translation>in der Regel {0}</translation>
    </message>
    <message>
      <source>into {0}</source>
      <translation>in {0}</translation>
    </message>
    <message>
      <source>is</source>
      <translation>ist</translation>
    </message>
    <message>
      <source>is above</source>
      <translation>ist höher als</translation>
    </message>
    <message>
      <source>is above …</source>
      <translation>höher als … ist</translation>
    </message>
    <message>
      <source>is approved</source>
      <translation>freigegeben wird</translation>
    </message>
    <message>
      <source>is at least</source>
      <translation>ist mindestens</translation>
    </message>
    <message>
      <source>is at least …</source>
      <translation>mindestens … ist</translation>
    </message>
    <message>
      <source>is at most</source>
      <translation>ist höchstens</translation>
    </message>
    <message>
      <source>is at most …</source>
      <translation>höchstens … ist</translation>
    </message>
    <message>
      <source>is below</source>
      <translation>ist niedriger als</translation>
    </message>
    <message>
      <source>is below …</source>
      <translation>niedriger als … ist</translation>
    </message>
    <message>
      <source>is between</source>
      <translation>liegt zwischen</translation>
    </message>
    <message>
      <source>is between …</source>
      <translation>zwischen … liegt</translation>
    </message>
    <message>
      <source>is completed</source>
      <translation>fertig wird</translation>
    </message>
    <message>
      <source>is known</source>
      <translation>bekannt ist</translation>
    </message>
    <message>
      <source>is known …</source>
      <translation>bekannt ist …</translation>
    </message>
    <message>
      <source>is less than</source>
      <translation>ist kleiner als</translation>
    </message>
    <message>
      <source>is less than …</source>
      <translation>kleiner als … ist</translation>
    </message>
    <message>
      <source>is more than</source>
      <translation>ist größer als</translation>
    </message>
    <message>
      <source>is more than …</source>
      <translation>größer als … ist</translation>
    </message>
    <message>
      <source>is needed and missing</source>
      <translation>wird gebraucht und fehlt</translation>
    </message>
    <message>
      <source>is needed and missing; {0}</source>
      <translation>wird gebraucht und fehlt; {0}</translation>
    </message>
    <message>
      <source>is none of</source>
      <translation>ist keines von</translation>
    </message>
    <message>
      <source>is not</source>
      <translation>ist nicht</translation>
    </message>
    <message>
      <source>is not above …</source>
      <translation>nicht höher als … ist</translation>
    </message>
    <message>
      <source>is not at least …</source>
      <translation>nicht mindestens … ist</translation>
    </message>
    <message>
      <source>is not at most …</source>
      <translation>nicht höchstens … ist</translation>
    </message>
    <message>
      <source>is not below …</source>
      <translation>nicht niedriger als … ist</translation>
    </message>
    <message>
      <source>is not between …</source>
      <translation>nicht zwischen … liegt</translation>
    </message>
    <message>
      <source>is not known</source>
      <translation>nicht bekannt ist</translation>
    </message>
    <message>
      <source>is not known …</source>
      <translation>nicht bekannt ist …</translation>
    </message>
    <message>
      <source>is not less than …</source>
      <translation>nicht kleiner als … ist</translation>
    </message>
    <message>
      <source>is not more than …</source>
      <translation>nicht größer als … ist</translation>
    </message>
    <message>
      <source>is not other than</source>
      <translation>ist nichts anderes als</translation>
    </message>
    <message>
      <source>is not other than …</source>
      <translation>nichts anderes als … ist</translation>
    </message>
    <message>
      <source>is not …</source>
      <translation>nicht … ist</translation>
    </message>
    <message>
      <source>is one of</source>
      <translation>ist eines von</translation>
    </message>
    <message>
      <source>is only for {0}</source>
      <translation>gilt nur für {0}</translation>
    </message>
    <message>
      <source>is {0}</source>
      <translation>ist {0}</translation>
    </message>
    <message>
      <source>is …</source>
      <translation>gleich … ist</translation>
    </message>
    <message>
      <source>it belongs to no character</source>
      <translation>es gehört zu keiner Figur</translation>
    </message>
    <message>
      <source>it belongs to no project</source>
      <translation>es gehört zu keinem Projekt</translation>
    </message>
    <message>
      <source>it belongs to no {0}</source>
      <translation>es gehört zu nichts der Art „{0}“</translation>
    </message>
    <message>
      <source>it does not match</source>
      <translation>passt es nicht</translation>
    </message>
    <message>
      <source>it goes there already</source>
      <translation>steht schon dort</translation>
    </message>
    <message>
      <source>it has already fired for exactly this</source>
      <translation>sie hat für genau das schon ausgelöst</translation>
    </message>
    <message>
      <source>it has started too often for this one within the hour</source>
      <translation>sie ist dafür in dieser Stunde zu oft gestartet</translation>
    </message>
    <message>
      <source>it holds text that is none</source>
      <translation>sie enthält Text, der keiner ist</translation>
    </message>
    <message>
      <source>it is about a {0}</source>
      <translation>es geht um „{0}“</translation>
    </message>
    <message>
      <source>it is of the project {0}</source>
      <translation>es gehört zum Projekt {0}</translation>
    </message>
    <message>
      <source>it is of {0}</source>
      <translation>es gehört zu {0}</translation>
    </message>
    <message>
      <source>it is the first already</source>
      <translation>es ist schon das erste</translation>
    </message>
    <message>
      <source>it is the last already</source>
      <translation>es ist schon das letzte</translation>
    </message>
    <message>
      <source>it is there already</source>
      <translation>es ist schon da</translation>
    </message>
    <message>
      <source>it matches</source>
      <translation>passt es</translation>
    </message>
    <message>
      <source>it needs an admin's approval</source>
      <translation>sie braucht die Freigabe eines Admins</translation>
    </message>
    <message>
      <source>it was deleted</source>
      <translation>sie wurde gelöscht</translation>
    </message>
    <message>
      <source>its chain is too long already</source>
      <translation>ihre Kette ist schon zu lang</translation>
    </message>
    <message>
      <source>its rule '{0}' is deleted</source>
      <translation>ihre Regel „{0}“ ist gelöscht</translation>
    </message>
    <message>
      <source>its {0}</source>
      <translation>„{0}“ angibt</translation>
    </message>
    <message>
      <source>job</source>
      <translation>Auftrag</translation>
    </message>
    <message>
      <source>job type</source>
      <translation>Auftragsart</translation>
    </message>
    <message>
      <source>job_types.{0}.emits names the unknown kind {1}</source>
      <translation>job_types.{0}.emits nennt die unbekannte Art {1}</translation>
    </message>
    <message>
      <source>jobs</source>
      <translation>Aufträge</translation>
    </message>
    <message>
      <source>join</source>
      <translation>Warten auf alle</translation>
    </message>
    <message>
      <source>keys must be text; put quotes around it</source>
      <translation>Schlüssel müssen Text sein; in Anführungszeichen setzen</translation>
    </message>
    <message>
      <source>kind</source>
      <translation>Art</translation>
    </message>
    <message>
      <source>kinds lacks {0}</source>
      <translation>in kinds fehlt {0}</translation>
    </message>
    <message>
      <source>larger than the {0} MiB allowed</source>
      <translation>größer als die erlaubten {0} MiB</translation>
    </message>
    <message>
      <source>later</source>
      <translation>nach hinten</translation>
    </message>
    <message>
      <source>leads to</source>
      <translation>führt zu</translation>
    </message>
    <message>
      <source>left out, since the step before failed</source>
      <translation>ausgelassen, da der Schritt davor scheiterte</translation>
    </message>
    <message>
      <source>let {0} follow “{1}”</source>
      <translation>{0} auf „{1}“ folgen lassen</translation>
    </message>
    <message>
      <source>let {0} go after {1}</source>
      <translation>{0} nach {1} drankommen lassen</translation>
    </message>
    <message>
      <source>let {0} go before {1}</source>
      <translation>{0} vor {1} drankommen lassen</translation>
    </message>
    <message>
      <source>lifted a limit</source>
      <translation>Grenze aufgehoben</translation>
    </message>
    <message>
      <source>limit</source>
      <translation>Grenze</translation>
    </message>
    <message>
      <source>line {0}</source>
      <translation>Zeile {0}</translation>
    </message>
    <message>
      <source>listen for “{0}”</source>
      <translation>auf „{0}“ hören</translation>
    </message>
    <message>
      <source>longer than the {0} MiB allowed</source>
      <translation>länger als die erlaubten {0} MiB</translation>
    </message>
    <message>
      <source>longest chain</source>
      <translation>längste Kette</translation>
    </message>
    <message>
      <source>lower-case letters, digits and hyphens, a letter or digit first, at most 64</source>
      <translation>Kleinbuchstaben, Ziffern und Bindestriche, zuerst ein Buchstabe oder eine Ziffer, höchstens 64</translation>
    </message>
    <message>
      <source>mentions {0}</source>
      <translation>erwähnt {0}</translation>
    </message>
    <message>
      <source>min {0} is above max {1}</source>
      <translation>min {0} ist größer als max {1}</translation>
    </message>
    <message>
      <source>minutes</source>
      <translation>Minuten</translation>
    </message>
    <message>
      <source>missing</source>
      <translation>fehlt</translation>
    </message>
    <message>
      <source>missing: {0}</source>
      <translation>es fehlen: {0}</translation>
    </message>
    <message>
      <source>montage</source>
      <translation>Montage</translation>
    </message>
    <message>
      <source>more than {0} faults; the rest was not looked at</source>
      <translation>mehr als {0} Fehler; der Rest wurde nicht angesehen</translation>
    </message>
    <message>
      <source>move a card</source>
      <translation>eine Karte bewegen</translation>
    </message>
    <message>
      <source>move {0}</source>
      <translation>{0} bewegen</translation>
    </message>
    <message>
      <source>move {0} cards</source>
      <translation>{0} Karten bewegen</translation>
    </message>
    <message>
      <source>move {0} to {1}</source>
      <translation>{0} nach {1} bewegen</translation>
    </message>
    <message>
      <source>move {0} {1}</source>
      <translation>{0} bewegen: {1}</translation>
    </message>
    <message>
      <source>name a parameter {0}</source>
      <translation>einen Parameter {0} nennen</translation>
    </message>
    <message>
      <source>name of a secret, never the secret itself</source>
      <translation>Name eines Geheimnisses, nie das Geheimnis selbst</translation>
    </message>
    <message>
      <source>names {0}</source>
      <translation>nennt {0}</translation>
    </message>
    <message>
      <source>needed: an absolute address, http://host/… or https://host/…</source>
      <translation>nötig: eine vollständige Adresse, http://rechner/… oder https://rechner/…</translation>
    </message>
    <message>
      <source>needs an admin's approval</source>
      <translation>braucht die Freigabe eines Admins</translation>
    </message>
    <message>
      <source>needs approval</source>
      <translation>braucht Freigabe</translation>
    </message>
    <message>
      <source>needs review</source>
      <translation>braucht Durchsicht</translation>
    </message>
    <message>
      <source>nested deeper than the {0} levels allowed</source>
      <translation>tiefer verschachtelt als die erlaubten {0} Ebenen</translation>
    </message>
    <message>
      <source>never</source>
      <translation>nie</translation>
    </message>
    <message>
      <source>no</source>
      <translation>nein</translation>
    </message>
    <message>
      <source>no halt of {0} stands</source>
      <translation>es gibt keinen Halt von {0}</translation>
    </message>
    <message>
      <source>no limit on {0} of {1} stands</source>
      <translation>es gibt keine Grenze für {0} von {1}</translation>
    </message>
    <message>
      <source>no pipeline is open yet</source>
      <translation>noch ist keine Pipeline geöffnet</translation>
    </message>
    <message>
      <source>no {0} is there yet</source>
      <translation>noch nichts der Art „{0}“ ist da</translation>
    </message>
    <message>
      <source>no, so otherwise</source>
      <translation>nein, also sonst</translation>
    </message>
    <message>
      <source>none failed</source>
      <translation>nichts schlug fehl</translation>
    </message>
    <message>
      <source>none of</source>
      <translation>nichts von</translation>
    </message>
    <message>
      <source>none of these holds</source>
      <translation>keines davon gilt</translation>
    </message>
    <message>
      <source>not</source>
      <translation>nicht</translation>
    </message>
    <message>
      <source>not a web address: {0}</source>
      <translation>keine Webadresse: {0}</translation>
    </message>
    <message>
      <source>not all of them are there yet</source>
      <translation>noch sind nicht alle da</translation>
    </message>
    <message>
      <source>not among</source>
      <translation>nicht unter</translation>
    </message>
    <message>
      <source>not approved</source>
      <translation>nicht freigegeben</translation>
    </message>
    <message>
      <source>not finished</source>
      <translation>nicht fertig</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>nicht bekannt</translation>
    </message>
    <message>
      <source>not published yet</source>
      <translation>noch nicht veröffentlicht</translation>
    </message>
    <message>
      <source>not valid JSON: {0} (column {1})</source>
      <translation>kein gültiges JSON: {0} (Spalte {1})</translation>
    </message>
    <message>
      <source>not valid YAML: {0}</source>
      <translation>kein gültiges YAML: {0}</translation>
    </message>
    <message>
      <source>not valid YAML: {0} (column {1})</source>
      <translation>kein gültiges YAML: {0} (Spalte {1})</translation>
    </message>
    <message>
      <source>not {0}</source>
      <translation>nicht {0}</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>nichts</translation>
    </message>
    <message>
      <source>nothing can be put inside itself</source>
      <translation>nichts lässt sich in sich selbst setzen</translation>
    </message>
    <message>
      <source>nothing happens</source>
      <translation>nichts geschieht</translation>
    </message>
    <message>
      <source>of</source>
      <translation>von</translation>
    </message>
    <message>
      <source>of any character</source>
      <translation>irgendeiner Figur</translation>
    </message>
    <message>
      <source>of anyone, or of no character at all</source>
      <translation>von irgendwem, oder ohne jede Figur</translation>
    </message>
    <message>
      <source>of these characters only:</source>
      <translation>nur dieser Figuren:</translation>
    </message>
    <message>
      <source>on approved</source>
      <translation>bei Freigabe</translation>
    </message>
    <message>
      <source>on completed</source>
      <translation>wenn fertig</translation>
    </message>
    <message>
      <source>on failed</source>
      <translation>wenn gescheitert</translation>
    </message>
    <message>
      <source>on yes of {0}</source>
      <translation>beim Ja von {0}</translation>
    </message>
    <message>
      <source>once </source>
      <translation>sobald </translation>
    </message>
    <message>
      <source>one after the other</source>
      <translation>nacheinander</translation>
    </message>
    <message>
      <source>one document is needed, a second begins here</source>
      <translation>nötig ist ein Dokument, hier beginnt ein zweites</translation>
    </message>
    <message>
      <source>one of {0}</source>
      <translation>eines von {0}</translation>
    </message>
    <message>
      <source>one, two, three</source>
      <translation>eins, zwei, drei</translation>
    </message>
    <message>
      <source>only actions can be moved about; the event and its conditions come first</source>
      <translation>nur Aktionen lassen sich umstellen; das Ereignis und seine Bedingungen kommen zuerst</translation>
    </message>
    <message>
      <source>only {0} of {1} are there yet</source>
      <translation>erst {0} von {1} sind da</translation>
    </message>
    <message>
      <source>open</source>
      <translation>frei</translation>
    </message>
    <message>
      <source>open {0}</source>
      <translation>{0} öffnen</translation>
    </message>
    <message>
      <source>or</source>
      <translation>oder</translation>
    </message>
    <message>
      <source>ordered</source>
      <translation>geordnet</translation>
    </message>
    <message>
      <source>otherwise</source>
      <translation>sonst</translation>
    </message>
    <message>
      <source>over a limit</source>
      <translation>über einer Grenze</translation>
    </message>
    <message>
      <source>package delivery</source>
      <translation>Lieferung packen</translation>
    </message>
    <message>
      <source>packaging</source>
      <translation>Packen</translation>
    </message>
    <message>
      <source>paste {0}</source>
      <translation>{0} einfügen</translation>
    </message>
    <message>
      <source>paused by itself</source>
      <translation>hat sich selbst angehalten</translation>
    </message>
    <message>
      <source>pending</source>
      <translation>steht aus</translation>
    </message>
    <message>
      <source>pipeline</source>
      <translation>Pipeline</translation>
    </message>
    <message>
      <source>priority</source>
      <translation>Priorität</translation>
    </message>
    <message>
      <source>private draft</source>
      <translation>privater Entwurf</translation>
    </message>
    <message>
      <source>problem</source>
      <translation>Problem</translation>
    </message>
    <message>
      <source>profile</source>
      <translation>Profil</translation>
    </message>
    <message>
      <source>project</source>
      <translation>Projekt</translation>
    </message>
    <message>
      <source>project {0}</source>
      <translation>Projekt {0}</translation>
    </message>
    <message>
      <source>projects</source>
      <translation>Projekte</translation>
    </message>
    <message>
      <source>published rules</source>
      <translation>Regeln veröffentlicht</translation>
    </message>
    <message>
      <source>put another profile in place</source>
      <translation>Profil ausgetauscht</translation>
    </message>
    <message>
      <source>put {0} into {1}</source>
      <translation>{0} in {1} setzen</translation>
    </message>
    <message>
      <source>qas</source>
      <translation>QS-Läufe</translation>
    </message>
    <message>
      <source>reason</source>
      <translation>Grund</translation>
    </message>
    <message>
      <source>refused</source>
      <translation>abgelehnt</translation>
    </message>
    <message>
      <source>refused a gate</source>
      <translation>Haltepunkt abgelehnt</translation>
    </message>
    <message>
      <source>remove one of {0}</source>
      <translation>bei {0} eines entfernen</translation>
    </message>
    <message>
      <source>remove {0}</source>
      <translation>{0} entfernen</translation>
    </message>
    <message>
      <source>replace {0} by {1}</source>
      <translation>{0} durch {1} ersetzen</translation>
    </message>
    <message>
      <source>resolution tier</source>
      <translation>Auflösung</translation>
    </message>
    <message>
      <source>resumed</source>
      <translation>fortgesetzt</translation>
    </message>
    <message>
      <source>revision {0}</source>
      <translation>Fassung {0}</translation>
    </message>
    <message>
      <source>revision {0} of its rule is not approved any more</source>
      <translation>Fassung {0} ihrer Regel ist nicht mehr freigegeben</translation>
    </message>
    <message>
      <source>revision {0} stands</source>
      <translation>es gilt Fassung {0}</translation>
    </message>
    <message>
      <source>role that may approve</source>
      <translation>Rolle, die freigeben darf</translation>
    </message>
    <message>
      <source>rule</source>
      <translation>Regel</translation>
    </message>
    <message>
      <source>rule '{0}' changed since revision {1}: {2}; nothing was published</source>
      <translation>die Regel „{0}“ hat sich seit Fassung {1} geändert: {2}; nichts wurde veröffentlicht</translation>
    </message>
    <message>
      <source>rule '{0}' has no revision {1}</source>
      <translation>die Regel „{0}“ hat keine Fassung {1}</translation>
    </message>
    <message>
      <source>rule starts</source>
      <translation>Regel startet</translation>
    </message>
    <message>
      <source>rule: {0}</source>
      <translation>Regel: {0}</translation>
    </message>
    <message>
      <source>rules</source>
      <translation>Regeln</translation>
    </message>
    <message>
      <source>rules in this database do not fit it</source>
      <translation>Regeln in dieser Datenbank passen nicht dazu</translation>
    </message>
    <message>
      <source>rules start</source>
      <translation>Regeln starten</translation>
    </message>
    <message>
      <source>running</source>
      <translation>läuft</translation>
    </message>
    <message>
      <source>scene</source>
      <translation>Szene</translation>
    </message>
    <message>
      <source>scene generation</source>
      <translation>Szenen generieren</translation>
    </message>
    <message>
      <source>scene type</source>
      <translation>Szenenart</translation>
    </message>
    <message>
      <source>scenes</source>
      <translation>Szenen</translation>
    </message>
    <message>
      <source>seconds</source>
      <translation>Sekunden</translation>
    </message>
    <message>
      <source>sees only what happens in {0}</source>
      <translation>sieht nur, was in {0} geschieht</translation>
    </message>
    <message>
      <source>sends {0} to {1}</source>
      <translation>sendet {0} an {1}</translation>
    </message>
    <message>
      <source>set a limit</source>
      <translation>Grenze gesetzt</translation>
    </message>
    <message>
      <source>set a status</source>
      <translation>Status gesetzt</translation>
    </message>
    <message>
      <source>set how long records stay</source>
      <translation>Aufbewahrung festgelegt</translation>
    </message>
    <message>
      <source>set status to </source>
      <translation>Status setzen auf </translation>
    </message>
    <message>
      <source>sets the status to {0}</source>
      <translation>setzt den Status auf {0}</translation>
    </message>
    <message>
      <source>silent</source>
      <translation>still</translation>
    </message>
    <message>
      <source>skip</source>
      <translation>nichts</translation>
    </message>
    <message>
      <source>skipped</source>
      <translation>ausgelassen</translation>
    </message>
    <message>
      <source>slider</source>
      <translation>Schieber</translation>
    </message>
    <message>
      <source>something</source>
      <translation>etwas</translation>
    </message>
    <message>
      <source>something else</source>
      <translation>etwas anderes</translation>
    </message>
    <message>
      <source>start concatenation</source>
      <translation>Zusammenschnitt starten</translation>
    </message>
    <message>
      <source>started by</source>
      <translation>ausgelöst von</translation>
    </message>
    <message>
      <source>starts</source>
      <translation>löst aus</translation>
    </message>
    <message>
      <source>starts with</source>
      <translation>beginnt mit</translation>
    </message>
    <message>
      <source>starts with …</source>
      <translation>mit … beginnt</translation>
    </message>
    <message>
      <source>steps of several rules cannot be copied together; select steps of one, or whole rules</source>
      <translation>Schritte mehrerer Regeln lassen sich nicht zusammen kopieren; wählen Sie Schritte einer Regel, oder ganze Regeln</translation>
    </message>
    <message>
      <source>storing these events paused so long that it was taken for dead; emit them again</source>
      <translation>das Speichern dieser Ereignisse stand so lange still, dass es als abgebrochen galt; bitte noch einmal senden</translation>
    </message>
    <message>
      <source>submitted</source>
      <translation>erteilt</translation>
    </message>
    <message>
      <source>supposing {0}</source>
      <translation>angenommen: {0}</translation>
    </message>
    <message>
      <source>switch it off</source>
      <translation>sie ausschalten</translation>
    </message>
    <message>
      <source>switch it on</source>
      <translation>sie einschalten</translation>
    </message>
    <message>
      <source>switch {0} {1}</source>
      <translation>{0} schalten: {1}</translation>
    </message>
    <message>
      <source>switched off</source>
      <translation>ausgeschaltet</translation>
    </message>
    <message>
      <source>switched on</source>
      <translation>eingeschaltet</translation>
    </message>
    <message>
      <source>switched rules off</source>
      <translation>Regeln ausgeschaltet</translation>
    </message>
    <message>
      <source>switched rules on</source>
      <translation>Regeln eingeschaltet</translation>
    </message>
    <message>
      <source>tags are not allowed, found {0}</source>
      <translation>Auszeichnungen (Tags) sind nicht erlaubt, gefunden: {0}</translation>
    </message>
    <message>
      <source>take each event by itself</source>
      <translation>jedes Ereignis für sich nehmen</translation>
    </message>
    <message>
      <source>take events together</source>
      <translation>Ereignisse zusammenfassen</translation>
    </message>
    <message>
      <source>take {0} apart</source>
      <translation>{0} auflösen</translation>
    </message>
    <message>
      <source>take “{0}” away</source>
      <translation>„{0}“ wegnehmen</translation>
    </message>
    <message>
      <source>text</source>
      <translation>Text</translation>
    </message>
    <message>
      <source>text that is not empty</source>
      <translation>nicht leerer Text</translation>
    </message>
    <message>
      <source>text, a number, true, false or a list of text</source>
      <translation>Text, eine Zahl, true, false oder eine Liste von Texten</translation>
    </message>
    <message>
      <source>the actions</source>
      <translation>die Aktionen</translation>
    </message>
    <message>
      <source>the alias *{0} stands for nothing</source>
      <translation>der Verweis *{0} steht für nichts</translation>
    </message>
    <message>
      <source>the alias *{0} stands inside itself</source>
      <translation>der Verweis *{0} steht in sich selbst</translation>
    </message>
    <message>
      <source>the budget is spent</source>
      <translation>das Budget ist verbraucht</translation>
    </message>
    <message>
      <source>the chain is too long</source>
      <translation>die Kette ist zu lang</translation>
    </message>
    <message>
      <source>the chain {0}</source>
      <translation>die Kette {0}</translation>
    </message>
    <message>
      <source>the chain {0} is not halted, and its ceiling holds nothing</source>
      <translation>die Kette {0} ist nicht angehalten, und ihre Obergrenze hält nichts zurück</translation>
    </message>
    <message>
      <source>the condition on {0}</source>
      <translation>die Bedingung zu {0}</translation>
    </message>
    <message>
      <source>the conditions</source>
      <translation>die Bedingungen</translation>
    </message>
    <message>
      <source>the database's URL cannot be used: {0}</source>
      <translation>die Datenbankadresse ist nicht zu gebrauchen: {0}</translation>
    </message>
    <message>
      <source>the document is empty</source>
      <translation>das Dokument ist leer</translation>
    </message>
    <message>
      <source>the event</source>
      <translation>das Ereignis</translation>
    </message>
    <message>
      <source>the event you test with does not match</source>
      <translation>das Testereignis passt nicht</translation>
    </message>
    <message>
      <source>the id {0} is used twice; first at {1}</source>
      <translation>die Kennung {0} ist zweimal vergeben; zuerst bei {1}</translation>
    </message>
    <message>
      <source>the job</source>
      <translation>den Auftrag</translation>
    </message>
    <message>
      <source>the join</source>
      <translation>das Warten auf alle</translation>
    </message>
    <message>
      <source>the key {0} is given twice</source>
      <translation>der Schlüssel {0} steht zweimal da</translation>
    </message>
    <message>
      <source>the key {0} is given twice in one object</source>
      <translation>der Schlüssel {0} steht in einem Objekt zweimal da</translation>
    </message>
    <message>
      <source>the key {0} is no text; put quotes around it</source>
      <translation>der Schlüssel {0} ist kein Text; in Anführungszeichen setzen</translation>
    </message>
    <message>
      <source>the key {0}: a key is literal, templates go into values</source>
      <translation>der Schlüssel {0}: ein Schlüssel steht fest, Vorlagen gehören in Werte</translation>
    </message>
    <message>
      <source>the key {0}: {1}</source>
      <translation>der Schlüssel {0}: {1}</translation>
    </message>
    <message>
      <source>the kind {0} is listed twice</source>
      <translation>die Art {0} steht zweimal da</translation>
    </message>
    <message>
      <source>the known {0} '{1}', whose {2} is '{3}'</source>
      <translation>{0} „{1}“ ist bekannt, mit {2} „{3}“</translation>
    </message>
    <message>
      <source>the last {0} days</source>
      <translation>den letzten {0} Tagen</translation>
    </message>
    <message>
      <source>the longest chain</source>
      <translation>die längste Kette</translation>
    </message>
    <message>
      <source>the message</source>
      <translation>die Nachricht</translation>
    </message>
    <message>
      <source>the most together</source>
      <translation>wie viele höchstens zusammen</translation>
    </message>
    <message>
      <source>the name</source>
      <translation>den Namen</translation>
    </message>
    <message>
      <source>the note</source>
      <translation>die Notiz</translation>
    </message>
    <message>
      <source>the parameter</source>
      <translation>der Parameter</translation>
    </message>
    <message>
      <source>the project</source>
      <translation>das Projekt</translation>
    </message>
    <message>
      <source>the project {0}</source>
      <translation>das Projekt {0}</translation>
    </message>
    <message>
      <source>the question</source>
      <translation>die Frage</translation>
    </message>
    <message>
      <source>the rule</source>
      <translation>die Regel</translation>
    </message>
    <message>
      <source>the rule '{0}' does not fit the profile: {1}</source>
      <translation>die Regel „{0}“ passt nicht zum Profil: {1}</translation>
    </message>
    <message>
      <source>the rule is switched off</source>
      <translation>die Regel ist ausgeschaltet</translation>
    </message>
    <message>
      <source>the rule it leads to fires at no depth over 1</source>
      <translation>die Zielregel feuert nicht tiefer als Stufe 1</translation>
    </message>
    <message>
      <source>the rule it leads to is disabled</source>
      <translation>die Zielregel ist ausgeschaltet</translation>
    </message>
    <message>
      <source>the rule that raises it is disabled</source>
      <translation>die auslösende Regel ist ausgeschaltet</translation>
    </message>
    <message>
      <source>the rule “{0}”</source>
      <translation>die Regel „{0}“</translation>
    </message>
    <message>
      <source>the same QA</source>
      <translation>demselben QS-Lauf</translation>
    </message>
    <message>
      <source>the same character</source>
      <translation>derselben Figur</translation>
    </message>
    <message>
      <source>the same concatenation</source>
      <translation>demselben Zusammenschnitt</translation>
    </message>
    <message>
      <source>the same delivery</source>
      <translation>derselben Lieferung</translation>
    </message>
    <message>
      <source>the same job</source>
      <translation>demselben Auftrag</translation>
    </message>
    <message>
      <source>the same project</source>
      <translation>demselben Projekt</translation>
    </message>
    <message>
      <source>the same scene</source>
      <translation>derselben Szene</translation>
    </message>
    <message>
      <source>the same variant</source>
      <translation>derselben Variante</translation>
    </message>
    <message>
      <source>the same {0}</source>
      <translation>demselben Objekt „{0}“</translation>
    </message>
    <message>
      <source>the secret</source>
      <translation>das Geheimnis</translation>
    </message>
    <message>
      <source>the server does not answer: {0}</source>
      <translation>der Server antwortet nicht: {0}</translation>
    </message>
    <message>
      <source>the server lets nobody in: {0}</source>
      <translation>der Server lässt niemanden ein: {0}</translation>
    </message>
    <message>
      <source>the status</source>
      <translation>den Status</translation>
    </message>
    <message>
      <source>the time to answer gate '{0}' was up at {1}</source>
      <translation>die Zeit für eine Antwort am Haltepunkt „{0}“ war um {1} abgelaufen</translation>
    </message>
    <message>
      <source>the tries</source>
      <translation>die Versuche</translation>
    </message>
    <message>
      <source>the {0}</source>
      <translation>„{0}“</translation>
    </message>
    <message>
      <source>the {0} {1} is listed twice; first at {2}</source>
      <translation>{0} {1} steht zweimal da; zuerst bei {2}</translation>
    </message>
    <message>
      <source>then</source>
      <translation>dann</translation>
    </message>
    <message>
      <source>there are too many rules with the highest or lowest priority; change one of them first</source>
      <translation>zu viele Regeln haben die höchste oder niedrigste Priorität; ändern Sie zuerst eine davon</translation>
    </message>
    <message>
      <source>there is no action here to copy</source>
      <translation>hier ist keine Aktion zu kopieren</translation>
    </message>
    <message>
      <source>there is no action of the type '{0}'</source>
      <translation>es gibt keine Aktion der Art „{0}“</translation>
    </message>
    <message>
      <source>there is no action to paste</source>
      <translation>es ist keine Aktion einzufügen</translation>
    </message>
    <message>
      <source>there is no chain '{0}'; {1}</source>
      <translation>es gibt keine Kette „{0}“; {1}</translation>
    </message>
    <message>
      <source>there is no firing '{0}'</source>
      <translation>die Auslösung „{0}“ gibt es nicht</translation>
    </message>
    <message>
      <source>there is no gate '{0}'; {1}</source>
      <translation>den Haltepunkt „{0}“ gibt es nicht; {1}</translation>
    </message>
    <message>
      <source>there is no job '{0}'; {1}</source>
      <translation>den Auftrag „{0}“ gibt es nicht; {1}</translation>
    </message>
    <message>
      <source>there is no project '{0}'; {1}</source>
      <translation>es gibt kein Projekt „{0}“; {1}</translation>
    </message>
    <message>
      <source>there is no rule '{0}'; {1}</source>
      <translation>die Regel „{0}“ gibt es nicht; {1}</translation>
    </message>
    <message>
      <source>there is no rule to copy</source>
      <translation>es ist keine Regel zu kopieren</translation>
    </message>
    <message>
      <source>there is no {0} '{1}'; {2}</source>
      <translation>{0} „{1}“ gibt es nicht; {2}</translation>
    </message>
    <message>
      <source>there is nothing here that can be deleted</source>
      <translation>hier ist nichts, was sich löschen lässt</translation>
    </message>
    <message>
      <source>there is nothing here to copy: select steps or a rule</source>
      <translation>hier ist nichts zu kopieren: wählen Sie Schritte oder eine Regel</translation>
    </message>
    <message>
      <source>there is nothing inside</source>
      <translation>darin ist nichts</translation>
    </message>
    <message>
      <source>this</source>
      <translation>dies</translation>
    </message>
    <message>
      <source>this box</source>
      <translation>dieser Kasten</translation>
    </message>
    <message>
      <source>this rule</source>
      <translation>diese Regel</translation>
    </message>
    <message>
      <source>this rule is no longer there</source>
      <translation>diese Regel gibt es nicht mehr</translation>
    </message>
    <message>
      <source>this step is no longer there</source>
      <translation>diesen Schritt gibt es nicht mehr</translation>
    </message>
    <message>
      <source>tidy up everything</source>
      <translation>alles aufräumen</translation>
    </message>
    <message>
      <source>tidy up the rule</source>
      <translation>die Regel aufräumen</translation>
    </message>
    <message>
      <source>timed out</source>
      <translation>abgelaufen</translation>
    </message>
    <message>
      <source>title</source>
      <translation>Titel</translation>
    </message>
    <message>
      <source>to</source>
      <translation>bis</translation>
    </message>
    <message>
      <source>too deep in its chain</source>
      <translation>zu tief in der Kette</translation>
    </message>
    <message>
      <source>too many firings within an hour</source>
      <translation>zu viele Auslösungen in einer Stunde</translation>
    </message>
    <message>
      <source>too often for one entity within an hour</source>
      <translation>zu oft für eine Entität in einer Stunde</translation>
    </message>
    <message>
      <source>tried a firing again</source>
      <translation>Auslösung erneut versucht</translation>
    </message>
    <message>
      <source>trigger QA</source>
      <translation>QS starten</translation>
    </message>
    <message>
      <source>true</source>
      <translation>wahr</translation>
    </message>
    <message>
      <source>true or false</source>
      <translation>ja oder nein</translation>
    </message>
    <message>
      <source>unknown entity kind '{0}'; {1}</source>
      <translation>unbekannte Art von Objekt „{0}“; {1}</translation>
    </message>
    <message>
      <source>unknown entity kind {0}; {1}</source>
      <translation>unbekannte Art von Objekt {0}; {1}</translation>
    </message>
    <message>
      <source>unknown job type '{0}'; {1}</source>
      <translation>unbekannte Auftragsart „{0}“; {1}</translation>
    </message>
    <message>
      <source>unknown key; {0}</source>
      <translation>unbekannter Schlüssel; {0}</translation>
    </message>
    <message>
      <source>unknown {0} {1}; {2}</source>
      <translation>unbekannt: {0} {1}; {2}</translation>
    </message>
    <message>
      <source>value</source>
      <translation>Wert</translation>
    </message>
    <message>
      <source>variant</source>
      <translation>Variante</translation>
    </message>
    <message>
      <source>variant generation</source>
      <translation>Variante generieren</translation>
    </message>
    <message>
      <source>variants</source>
      <translation>Varianten</translation>
    </message>
    <message>
      <source>wait for </source>
      <translation>warten auf </translation>
    </message>
    <message>
      <source>waiting</source>
      <translation>wartet</translation>
    </message>
    <message>
      <source>waits</source>
      <translation>wartet</translation>
    </message>
    <message>
      <source>waits for {0}</source>
      <translation>wartet auf {0}</translation>
    </message>
    <message>
      <source>what happened is “{0}”</source>
      <translation>geschehen ist „{0}“</translation>
    </message>
    <message>
      <source>what is sent</source>
      <translation>was gesendet wird</translation>
    </message>
    <message>
      <source>what is taken together</source>
      <translation>was zusammengefasst wird</translation>
    </message>
    <message>
      <source>what is waited for</source>
      <translation>worauf gewartet wird</translation>
    </message>
    <message>
      <source>what it is about</source>
      <translation>worum es geht</translation>
    </message>
    <message>
      <source>when {0}</source>
      <translation>wenn {0}</translation>
    </message>
    <message>
      <source>which came from {0}</source>
      <translation>das aus {0} kam</translation>
    </message>
    <message>
      <source>who is told</source>
      <translation>wer benachrichtigt wird</translation>
    </message>
    <message>
      <source>whose events count</source>
      <translation>wessen Ereignisse zählen</translation>
    </message>
    <message>
      <source>whose they are</source>
      <translation>wozu sie gehören</translation>
    </message>
    <message>
      <source>with</source>
      <translation>mit</translation>
    </message>
    <message>
      <source>with {0}</source>
      <translation>mit {0}</translation>
    </message>
    <message>
      <source>within {0}</source>
      <translation>innerhalb von {0}</translation>
    </message>
    <message>
      <source>would be held</source>
      <translation>würde zurückgehalten</translation>
    </message>
    <message>
      <source>would not start</source>
      <translation>würde nicht starten</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>ja</translation>
    </message>
    <message>
      <source>{0} (unknown)</source>
      <translation>{0} (unbekannt)</translation>
    </message>
    <message>
      <source>{0} GPU-h</source>
      <translation>{0} GPU-Std.</translation>
    </message>
    <message>
      <source>{0} and {1} more</source>
      <translation>{0} und {1} weitere</translation>
    </message>
    <message>
      <source>{0} are refused: {1}</source>
      <translation>{0} werden abgelehnt: {1}</translation>
    </message>
    <message>
      <source>{0} belongs to the database itself; name another file</source>
      <translation>{0} gehört zur Datenbank selbst; nennen Sie eine andere Datei</translation>
    </message>
    <message>
      <source>{0} between {1} and {2}</source>
      <translation>{0} zwischen {1} und {2}</translation>
    </message>
    <message>
      <source>{0} cannot be read: {1}; see 'trigger-studio db check'</source>
      <translation>{0} ist nicht lesbar: {1}; siehe „trigger-studio db check“</translation>
    </message>
    <message>
      <source>{0} cannot be; allowed: {1} to {2}</source>
      <translation>{0} gehen nicht; erlaubt: {1} bis {2}</translation>
    </message>
    <message>
      <source>{0} does not fit here; needed: {1}.</source>
      <translation>{0} passt hier nicht; nötig: {1}.</translation>
    </message>
    <message>
      <source>{0} does not fit: {1} is {2}.</source>
      <translation>{0} passt nicht: {1} ist {2}.</translation>
    </message>
    <message>
      <source>{0} does not go with {1}, which is {2}; {3}</source>
      <translation>{0} passt nicht zu {1}, das ist {2}; {3}</translation>
    </message>
    <message>
      <source>{0} drafts of yours were kept:</source>
      <translation>{0} Entwürfe von Ihnen wurden aufbewahrt:</translation>
    </message>
    <message>
      <source>{0} folded · {1}</source>
      <translation>{0} zugeklappt · {1}</translation>
    </message>
    <message>
      <source>{0} follows from this already</source>
      <translation>{0} folgt schon darauf</translation>
    </message>
    <message>
      <source>{0} found</source>
      <translation>{0} gefunden</translation>
    </message>
    <message>
      <source>{0} held</source>
      <translation>{0} zurückgehalten</translation>
    </message>
    <message>
      <source>{0} hold</source>
      <translation>{0} gelten</translation>
    </message>
    <message>
      <source>{0} in the pipeline</source>
      <translation>{0} in der Pipeline</translation>
    </message>
    <message>
      <source>{0} is a database; name another file</source>
      <translation>{0} ist eine Datenbank; nennen Sie eine andere Datei</translation>
    </message>
    <message>
      <source>{0} is a directory; a file is needed</source>
      <translation>{0} ist ein Ordner; nötig ist eine Datei</translation>
    </message>
    <message>
      <source>{0} is a draft of yours until you publish it.</source>
      <translation>{0} ist Ihr Entwurf, bis Sie die Regel veröffentlichen.</translation>
    </message>
    <message>
      <source>{0} is an action of every profile; take another name</source>
      <translation>{0} ist eine Aktion jedes Profils; einen anderen Namen nehmen</translation>
    </message>
    <message>
      <source>{0} is gone</source>
      <translation>{0} ist verschwunden</translation>
    </message>
    <message>
      <source>{0} is larger than the {1} MiB allowed</source>
      <translation>{0} ist größer als die erlaubten {1} MiB</translation>
    </message>
    <message>
      <source>{0} is missing</source>
      <translation>{0} fehlt</translation>
    </message>
    <message>
      <source>{0} is missing; 'trigger-studio db repair' makes it again</source>
      <translation>{0} fehlt; „trigger-studio db repair“ legt sie neu an</translation>
    </message>
    <message>
      <source>{0} is needed and missing</source>
      <translation>{0} wird gebraucht und fehlt</translation>
    </message>
    <message>
      <source>{0} is no backup made by 'db backup': {1}</source>
      <translation>{0} ist keine Sicherung von „db backup“: {1}</translation>
    </message>
    <message>
      <source>{0} is no duration; write a number and a unit: 90s, 30m, 12h, 3d or 2w</source>
      <translation>{0} ist keine Dauer; eine Zahl und eine Einheit schreiben: 90s, 30m, 12h, 3d oder 2w</translation>
    </message>
    <message>
      <source>{0} is not a directory</source>
      <translation>{0} ist kein Ordner</translation>
    </message>
    <message>
      <source>{0} is not finished; give it an event first</source>
      <translation>{0} ist nicht fertig; geben Sie der Regel zuerst ein Ereignis</translation>
    </message>
    <message>
      <source>{0} is of schema {1}, which this program does not know; update the program</source>
      <translation>{0} hat das Schema {1}, das dieses Programm nicht kennt; aktualisieren Sie das Programm</translation>
    </message>
    <message>
      <source>{0} is only a draft: switched {1} there.</source>
      <translation>{0} ist nur ein Entwurf: dort jetzt {1}.</translation>
    </message>
    <message>
      <source>{0} is too long; allowed: up to 36500d</source>
      <translation>{0} ist zu lang; erlaubt: bis 36500d</translation>
    </message>
    <message>
      <source>{0} job</source>
      <translation>Auftrag „{0}“</translation>
    </message>
    <message>
      <source>{0} job {1}</source>
      <translation>Auftrag {0} {1}</translation>
    </message>
    <message>
      <source>{0} listens for that already</source>
      <translation>{0} hört schon darauf</translation>
    </message>
    <message>
      <source>{0} listens for “{1}”</source>
      <translation>{0} hört auf „{1}“</translation>
    </message>
    <message>
      <source>{0} listens for “{1}” now, no longer for “{2}”; undo takes it back.</source>
      <translation>{0} hört jetzt auf „{1}“, nicht mehr auf „{2}“; „Rückgängig“ nimmt es zurück.</translation>
    </message>
    <message>
      <source>{0} more {1} {2}</source>
      <translation>{0} weitere {1} {2}</translation>
    </message>
    <message>
      <source>{0} needs a value: {1}</source>
      <translation>{0} braucht einen Wert: {1}</translation>
    </message>
    <message>
      <source>{0} of its conditions hold</source>
      <translation>{0} der Bedingungen gelten</translation>
    </message>
    <message>
      <source>{0} of {1}</source>
      <translation>{0} von {1}</translation>
    </message>
    <message>
      <source>{0} of {1} {2}s of {3} {4}</source>
      <translation>{0} von {1} ({2}) bei {3}: {4}</translation>
    </message>
    <message>
      <source>{0} or {1}</source>
      <translation>{0} oder {1}</translation>
    </message>
    <message>
      <source>{0} raises no event, so no rule can follow from it</source>
      <translation>{0} löst kein Ereignis aus, also kann keine Regel darauf folgen</translation>
    </message>
    <message>
      <source>{0} running</source>
      <translation>{0} laufen</translation>
    </message>
    <message>
      <source>{0} start now: at most {1}, {2}, and what follows from them</source>
      <translation>{0} starten jetzt: höchstens {1}, {2}, und was daraus folgt</translation>
    </message>
    <message>
      <source>{0} stay held: {1}</source>
      <translation>{0} bleiben zurückgehalten: {1}</translation>
    </message>
    <message>
      <source>{0} steps → {1} rules</source>
      <translation>{0} Schritte → {1} Regeln</translation>
    </message>
    <message>
      <source>{0} still being sent</source>
      <translation>{0} noch unterwegs</translation>
    </message>
    <message>
      <source>{0} still running</source>
      <translation>{0} laufen noch</translation>
    </message>
    <message>
      <source>{0} still to be decided</source>
      <translation>{0} noch zu entscheiden</translation>
    </message>
    <message>
      <source>{0} still to be decided; what would fire is held.</source>
      <translation>{0} noch zu entscheiden; was auslösen würde, wird zurückgehalten.</translation>
    </message>
    <message>
      <source>{0} stopped midway</source>
      <translation>{0} unterwegs gestoppt</translation>
    </message>
    <message>
      <source>{0} that had started go on</source>
      <translation>{0}, die schon begonnen hatten, laufen weiter</translation>
    </message>
    <message>
      <source>{0} to </source>
      <translation>{0} an </translation>
    </message>
    <message>
      <source>{0} to mend before it can be published</source>
      <translation>{0} zu beheben, bevor veröffentlicht werden kann</translation>
    </message>
    <message>
      <source>{0} to {1}</source>
      <translation>{0} zu {1}</translation>
    </message>
    <message>
      <source>{0} tries again.</source>
      <translation>{0} versucht es noch einmal.</translation>
    </message>
    <message>
      <source>{0} waiting</source>
      <translation>{0} warten</translation>
    </message>
    <message>
      <source>{0} waiting for a batch</source>
      <translation>{0} warten auf ihren Stapel</translation>
    </message>
    <message>
      <source>{0} was replaced</source>
      <translation>{0} wurde ersetzt</translation>
    </message>
    <message>
      <source>{0} within {1}</source>
      <translation>{0} innerhalb von {1}</translation>
    </message>
    <message>
      <source>{0} within {1}, then the rule pauses</source>
      <translation>{0} innerhalb von {1}, dann hält die Regel an</translation>
    </message>
    <message>
      <source>{0} {1}</source>
      <translation>{0} {1}</translation>
    </message>
    <message>
      <source>{0} {1} {2}: {3}</source>
      <translation>{0} {1}, die {2}: {3}</translation>
    </message>
    <message>
      <source>{0} · at the same time</source>
      <translation>{0} · gleichzeitig</translation>
    </message>
    <message>
      <source>{0} · by a person</source>
      <translation>{0} · durch einen Menschen</translation>
    </message>
    <message>
      <source>{0} · {1} · revision {2} · {3}</source>
      <translation>{0} · {1} · Fassung {2} · {3}</translation>
    </message>
    <message>
      <source>{0} – Trigger Studio</source>
      <translation>{0} – Trigger Studio</translation>
    </message>
    <message>
      <source>{0} →</source>
      <translation>{0} →</translation>
    </message>
    <message>
      <source>{0}, and this is about {1}</source>
      <translation>{0}, und hier geht es um {1}</translation>
    </message>
    <message>
      <source>{0}, and {1}</source>
      <translation>{0}, und {1}</translation>
    </message>
    <message>
      <source>{0}, by {1}</source>
      <translation>{0}, durch {1}</translation>
    </message>
    <message>
      <source>{0}, needs approval</source>
      <translation>{0}, braucht Freigabe</translation>
    </message>
    <message>
      <source>{0}: click to change it</source>
      <translation>{0}: klicken, um es zu ändern</translation>
    </message>
    <message>
      <source>{0}: drag it onto the chart, or press Enter</source>
      <translation>{0}: auf den Ablaufplan ziehen, oder Enter drücken</translation>
    </message>
    <message>
      <source>{0}: table {1} does not hold the {2} rows that were written; nothing was changed</source>
      <translation>{0}: Tabelle {1} enthält nicht die {2} Zeilen, die geschrieben wurden; nichts wurde geändert</translation>
    </message>
    <message>
      <source>{0}; put quotes around it</source>
      <translation>{0}; in Anführungszeichen setzen</translation>
    </message>
    <message>
      <source>{0}; whether all were there at the time is not counted</source>
      <translation>{0}; ob damals alle da waren, ist nicht gezählt</translation>
    </message>
    <message>
      <source>{0}; {1}</source>
      <translation>{0}; {1}</translation>
    </message>
    <message>
      <source>{{ event.entity_id }} and the like are filled in.</source>
      <translation>{{ event.entity_id }} und Ähnliches wird ausgefüllt.</translation>
    </message>
    <message>
      <source>“{0}”</source>
      <translation>„{0}“</translation>
    </message>
    <message>
      <source>“{0}” is not finished yet</source>
      <translation>„{0}“ ist noch nicht fertig</translation>
    </message>
    <message>
      <source>“{0}” would never fire</source>
      <translation>„{0}“ würde nie auslösen</translation>
    </message>
    <message>
      <source>“{0}” would not start for this one. Choose another, or test its conditions in its form.</source>
      <translation>„{0}“ würde dafür nicht starten. Wählen Sie ein anderes, oder testen Sie die Bedingungen im Formular.</translation>
    </message>
    <message>
      <source>… and {0} more</source>
      <translation>… und {0} weitere</translation>
    </message>
    <message>
      <source>… completes</source>
      <translation>… wird fertig</translation>
    </message>
    <message>
      <source>… fails</source>
      <translation>… scheitert</translation>
    </message>
    <message>
      <source>… is approved</source>
      <translation>… wird freigegeben</translation>
    </message>
    <message>
      <source>← {0}</source>
      <translation>← {0}</translation>
    </message>
    <message>
      <source>← {0} may start it</source>
      <translation>← {0} kann sie auslösen</translation>
    </message>
    <message>
      <source>↑ ↓ choose   Enter go there   Esc close</source>
      <translation>↑ ↓ wählen   Enter hingehen   Esc schließen</translation>
    </message>
    <message>
      <source>✓  All conditions hold for this event.</source>
      <translation>✓  Alle Bedingungen gelten für dieses Ereignis.</translation>
    </message>
    <message>
      <source>✗  It does not match this event.</source>
      <translation>✗  Sie passt nicht zu diesem Ereignis.</translation>
    </message>
    <message>
      <source>✗  It does not match this event: {0}.</source>
      <translation>✗  Sie passt nicht zu diesem Ereignis: {0}.</translation>
    </message>
  </context>
</TS>
