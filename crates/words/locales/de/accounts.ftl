login-title = Willkommen zurück
login-who = Kennung oder E-Mail
accounts-title = Konten
accounts-title-of = Konten von { $name }
accounts-lead-of = Von Menschen, um die sich euer Kollektiv kümmert. Nur wer Konten verwaltet oder verantwortlich ist, sieht diese Seite.
accounts-lead-all = Von allen hier. Nur wer diesen Ort betreut, sieht diese Seite.
accounts-link = Die Einladung ist fertig
accounts-link-lead = Gib diese Adresse der Person, die du einlädst. Sie wird nur jetzt gezeigt.
accounts-waiting = Sie möchten herein
accounts-asked = angefragt am { $day }
accounts-let-in = Hereinlassen
accounts-turn-down = Ablehnen
accounts-turn-down-why = Warum? Die Person liest es.
accounts-unsponsored = Um sie kümmert sich niemand
accounts-unsponsored-of = Sie gehören zu euch, und das Kollektiv, das sich um ihr Konto kümmerte, tut es nicht mehr.
accounts-unsponsored-all = Das Kollektiv, das sich um ihr Konto kümmerte, tut es nicht mehr. Ein anderes, zu dem sie gehören, kann es tun.
accounts-take-on = Übernehmen
accounts-suspended = Gesperrt
accounts-which = Welche Konten
accounts-in-use = In Gebrauch
accounts-suspended-list = Gesperrt
accounts-unconfirmed = Nicht bestätigt
accounts-rejected = Abgelehnt
accounts-others = Andere
accounts-none = Es gibt keine.
accounts-since = seit { $day }
accounts-change = Ändern
accounts-reset = Link für ein neues Passwort schicken<span class="vh"> an { $name }</span>
accounts-why = Warum? Für das Protokoll
accounts-suspend = Sperren<span class="vh">: { $name }</span>
accounts-suspend-two = Sperren braucht zwei: Hiermit schlägst du es vor, und eine zweite Person stimmt zu.
accounts-unsuspend = Wieder hereinlassen<span class="vh">: { $name }</span>
accounts-invite = Jemanden zu einem Konto einladen
accounts-invite-lead = Wer mit der Einladung kommt, gehört sofort zu eurem Kollektiv, und ihr kümmert euch um das Konto.
accounts-an-invitation = Eine Einladung
accounts-invitation-left = { $uses ->
    [one] für eine Person
   *[other] für { $uses } Personen
    }, bis { $day }
accounts-take-back = Zurücknehmen
accounts-invite-note = Für wen, damit du sie wiedererkennst
accounts-invite-uses = Wie viele kommen dürfen
accounts-invite-days = Für wie viele Tage
accounts-invite-make = Einladung machen
accounts-make = Für jemanden ein Konto anlegen
accounts-make-lead = Die Person bekommt einen Brief mit einem Link und wählt ihr Passwort selbst.
accounts-make-name-hint = So, wie andere ihn sehen.
accounts-make-email-hint = Niemand bekommt sie zu sehen, auch du nicht.
accounts-make-button = Konto anlegen
login-wrong = Was du eingegeben hast, passt nicht zusammen.
login-unconfirmed = Deine Adresse ist noch nicht bestätigt: Öffne den Link in dem Brief, den wir geschickt haben, oder fordere unten einen neuen an.
login-waiting = Dein Konto wartet auf die Antwort derer, die sich darum kümmern. Ein Brief sagt dir Bescheid.
oauth-unknown-app = Die App, die dich hierher geschickt hat, ist auf diesem Server nicht angemeldet.
oauth-unknown-address = Die App will dich an eine Adresse schicken, die sie nicht angemeldet hat.
oauth-asks-wrongly = Was die App verlangt, ist nicht zu verstehen: { $what }
oauth-said-no = Du hast Nein gesagt, und die App hat nichts bekommen.
scope-read = alles lesen, was du lesen kannst
scope-write = alles tun, was du tun kannst
scope-accounts-read = dein Konto lesen
scope-accounts-write = dein Konto ändern
scope-collectives-read = Kollektive lesen
scope-collectives-write = Kollektive gründen und ändern
scope-memberships-read = lesen, wer zu deinen Kollektiven gehört
scope-memberships-write = einladen, annehmen und verlassen
scope-listings-read = Gesuche und Angebote lesen, auch deine Entwürfe
scope-listings-write = Gesuche und Angebote veröffentlichen und ändern
scope-replies-read = Antworten lesen
scope-replies-write = in deinem Namen antworten
scope-agreements-read = lesen, was angeboten und vereinbart wurde
scope-agreements-write = anbieten, annehmen und ablehnen
scope-reactions-write = mögen und dagegen stimmen
scope-queue-read = lesen, was auf die Verantwortlichen wartet
scope-queue-write = beantworten, was auf die Verantwortlichen wartet
scope-follows-read = lesen, wem du folgst
scope-follows-write = folgen und nicht mehr folgen
scope-feeds-read = deine Neuigkeiten lesen
scope-lookup-read = Menschen und Kollektive auf anderen Servern finden
scope-search-read = suchen
scope-searches-read = deine gespeicherten Suchen lesen
scope-searches-write = Suchen speichern
scope-media-read = deine Bilder lesen
scope-media-write = Bilder hochladen
scope-notifications-read = deine Benachrichtigungen lesen
scope-notifications-write = Benachrichtigungen als gelesen markieren
scope-blocks-read = lesen, wen du blockierst
scope-blocks-write = blockieren und wieder zulassen
scope-mutes-read = lesen, wen du stummschaltest
scope-mutes-write = stummschalten und wieder hören
scope-webhooks-read = die Webhooks deiner Kollektive lesen
scope-webhooks-write = die Webhooks deiner Kollektive ändern
scope-moderation-read = Meldungen und das Protokoll der Moderation lesen
scope-moderation-write = moderieren und melden
scope-admin-read = lesen, was die Admins dieses Servers lesen
scope-admin-write = diesen Server betreiben
settings-title = Sprache und Briefe
settings-language = Sprache
settings-language-hint = Der Seiten und der Briefe an dich.
settings-digest = Was neu ist, als Brief
settings-digest-hint = Von denen, denen du folgst, und von dort, wo du dazugehörst. Nie leer, und nie zweimal dasselbe.
digest-weekly = Einmal in der Woche
digest-daily = Einmal am Tag
digest-never = Nie
settings-letters = Was dich angeht, als Brief
settings-letters-yes = Schreibt mir von Antworten, Angeboten und Einladungen, die ich noch nicht gesehen habe; höchstens einmal in der Stunde.
settings-always = Briefe zu deinem Konto selbst, etwa Links für ein neues Passwort, kommen immer.
stop-title = Keine Briefe mehr?
stop-digest = Sollen die Briefe über Neues aufhören?
stop-notifications = Sollen die Briefe über das, was dich angeht, aufhören?
stop-all = Sollen alle Briefe aufhören, außer denen zu deinem Konto selbst?
stop-button = Ja, aufhören
stop-button-all = Alle aufhören lassen
stop-done = Erledigt. Sie hören jetzt auf.
stop-hint = Du kannst es dir anders überlegen:
account-title = Dein Konto
account-signed-in = Angemeldet mit
account-signed-in-hint = Browser, Apps und Tokens, und wie jedes davon endet.
account-two-steps = Anmelden in zwei Schritten
account-two-steps-on = An: Deine App wird nach einem Code gefragt.
account-two-steps-off = Aus: Dein Passwort genügt.
account-password = Passwort
account-password-hint = Ein anderes wählen.
account-email = E-Mail
account-email-yours = <span dir="ltr">{ $email }</span>; nur du bekommst sie zu sehen.
account-email-none = Keine: Niemand kann dir einen Link für ein neues Passwort schicken.
account-settings-hint = Die Sprache deiner Seiten, und welche Briefe du bekommst.
account-blocks-hint = Stummgeschaltet und blockiert, und wie du es zurücknimmst.
account-export = Alles mitnehmen
account-export-lead = Dein Profil, deine Antworten, deine Einträge, und wem du folgst, als Dateien, die andere Programme lesen.
account-export-button = Alles herunterladen
account-leave = Für immer gehen
account-delete = Dein Konto löschen
account-your-password = Dein Passwort
account-new-password = Neues Passwort
account-password-rule = 10 Zeichen oder mehr; am besten ein kurzer Satz.
account-code = Code
security-lead = Etwas, das du nicht kennst? Beende es, und <a href="/account/password">wähle ein anderes Passwort</a>.
security-two-on = Das Anmelden braucht <a href="/account/two-steps">zwei Schritte</a>.
security-two-off = <a href="/account/two-steps">Anmelden in zwei Schritten</a> hält andere draußen, die dein Passwort kennen.
security-browsers = Browser
security-this = Dieser hier
security-since = seit { $day }
security-used = , zuletzt benutzt { $day }
security-end-others = Alle anderen abmelden
security-apps = Apps und Tokens
security-no-apps = Keine App handelt für dich.
security-app = App
security-token = Token
security-may = Was sie darf
security-end = Beenden
two-steps-since = An seit { $day }: Wer nur dein Passwort kennt, kommt nicht herein.
two-steps-lead = Dein Passwort, und dann ein Code einer App auf deinem Telefon: Wer nur das eine kennt, kommt nicht herein.
two-steps-codes = Deine Wiederherstellungscodes
two-steps-codes-lead = Schreib sie auf oder druck sie aus, und bewahre sie sicher auf. Jeder lässt dich einmal herein, wenn dein Telefon nicht zur Hand ist. Sie werden nur jetzt gezeigt.
two-steps-scan = 1. Zeig das deiner App
two-steps-qr = QR-Code des Schlüssels unten
two-steps-no-camera = Keine Kamera?
two-steps-open = In einer App auf diesem Gerät öffnen
two-steps-type = oder gib diesen Schlüssel ein:
two-steps-confirm = 2. Gib den Code ein, den sie zeigt
two-steps-code-hint = Sechs Ziffern; alle 30 Sekunden neu.
two-steps-turn-on = Einschalten
two-steps-change = Ändern
two-steps-left = { $n ->
    [one] Einer deiner Wiederherstellungscodes ist übrig.
   *[other] { $n } deiner Wiederherstellungscodes sind übrig.
    }
two-steps-new-codes = Neue Wiederherstellungscodes
two-steps-turn-off = Ausschalten
two-steps-need-app = Du brauchst eine App für solche Codes, etwa Aegis, FreeOTP oder die deiner Passwortverwaltung.
two-steps-begin = Anfangen
email-title = Deine E-Mail-Adresse
email-now = Briefe gehen jetzt an <span dir="ltr">{ $now }</span>. Wir fragen dort und an der neuen Adresse; beide müssen Ja sagen.
email-none = Dein Konto hat keine. Wir schreiben an die Adresse, die du wählst, und sie muss Ja sagen.
email-new = Neue Adresse
email-hint = Nur du bekommst sie zu sehen.
email-send = Briefe schicken
email-link-title = Deine Adresse ändern
email-link-lead = Beide Adressen müssen Ja sagen, die alte und die neue.
email-link-yes = Ja, ändern
email-link-old = Ist der Link älter als eine Stunde? <a href="/account/email">Fordere neue an.</a>
password-title = Dein Passwort
password-lead = Mit einem anderen Passwort werden alle anderen Browser, Apps und Tokens abgemeldet.
password-now = Jetziges Passwort
delete-lead = Das löscht <span dir="ltr">{ $handle }</span> für immer. Niemand kann es zurückholen, auch wir nicht.
delete-answers = Deine Antworten, was du magst, was du angeboten hast, und wem du folgst, wird hier gelöscht, und wir bitten andere Server, es auch zu löschen.
delete-listings = Was du eingetragen hast, bleibt bei deinen Kollektiven, ohne deinen Namen.
delete-secrets = Deine E-Mail-Adresse, dein Passwort und alles, womit du dich anmeldest, wird getilgt.
delete-handle = Niemand bekommt je wieder deine Kennung, auch du nicht.
delete-before = Vielleicht möchtest du vorher <a href="/account">alles herunterladen</a>.
delete-code-hint = Der neueste deiner App, oder ein Wiederherstellungscode.
delete-yes = Mein Konto für immer löschen
delete-no = Behalten
join-title = Mitmachen
join-heading = Bei { $name } mitmachen
join-closed = Zurzeit gibt es keine neuen Konten. Zum Lesen brauchst du keines, und zum Antworten <a href="/about#follow">von deinem eigenen Server aus</a> auch nicht.
join-host = <bdi>{ $host }</bdi> lädt dich ein. Wähle, wie du hier heißen möchtest.
join-invited = Du bist eingeladen. Wähle, wie du hier heißen möchtest.
join-by-invitation = Konten gibt es hier mit einer Einladung: Bitte ein Kollektiv, zu dem du gehörst, um eine.
join-lead = Um jedes Konto kümmert sich hier ein Kollektiv. Nenne deines, und sag ein Wort über dich.
join-invitation = Einladung
join-invitation-hint = Das Wort in dem Link, den du bekommen hast.
join-handle = Kennung
join-handle-hint = Nur Kleinbuchstaben, Ziffern und _ . -. Sie lässt sich später nicht ändern.
join-found-as = Andere finden dich als
join-name = Name
join-name-hint = So, wie andere ihn sehen; leer gelassen, heißt du wie deine Kennung.
join-email-hint = Für einen Link jetzt, und wenn du dein Passwort vergisst. Niemand sieht sie.
join-collective = Dein Kollektiv hier
join-collective-hint = Seine Kennung. Wer sich um seine Konten kümmert, antwortet dir.
join-why = Warum kommst du?
join-why-hint = Für die, die Ja oder Nein sagen; sonst liest es niemand.
join-rules = Die Regeln dieses Ortes
join-agree = Ich habe gelesen, <a href="/about">wofür dieser Ort da ist</a>, und halte mich daran.
join-ask = Ein Konto anfragen
join-have = Du hast ein Konto? <a href="/login">Melde dich an.</a> Kein Brief gekommen? <a href="/account/reset">Fordere einen neuen an.</a>
login-forgot = Passwort vergessen, oder kein Brief gekommen? <a href="/account/reset">Fordere einen Link an.</a>
login-new = Neu hier? <a href="/join">Frag nach einem Konto.</a> Zum Lesen brauchst du keines, und zum Antworten <a href="/about#follow">von deinem eigenen Server aus</a> auch nicht.
login-code-title = Dein Code
login-code-lead = Der zweite Schritt: der Code, den deine App jetzt zeigt.
login-code-hint = Sechs Ziffern, oder ein Wiederherstellungscode, wenn dein Telefon nicht zur Hand ist.
login-code-lost = Weder Telefon noch Wiederherstellungscodes? <a href="/about#contact">Frag die, die diesen Ort betreuen.</a>
confirm-title = Bestätige deine Adresse
confirm-lead = Ein Druck auf den Knopf, und wir wissen, dass die Adresse deine ist.
confirm-yes = Es ist meine
link-old = Ist der Link älter als eine Stunde? <a href="/account/reset">Fordere einen neuen an.</a>
reset-title = Einen neuen Link anfordern
reset-lead = Für ein neues Passwort, oder um deine Adresse zu bestätigen. Er gilt eine Stunde, einmal.
reset-email-hint = Die Adresse deines Kontos.
reset-send = Link schicken
reset-none = Dein Konto hat keine Adresse? Dann können die, die sich um die Konten deines Kollektivs kümmern, nicht helfen; <a href="/about#contact">frag die, die diesen Ort betreuen.</a>
new-password-title = Wähle ein Passwort
new-password-lead = Wer in deinem Konto angemeldet ist, wird abgemeldet, auf allen Geräten.
consent-title = { $app } erlauben?
consent-heading = <bdi>{ $app }</bdi> erlauben, für dich zu handeln?
consent-lead = Du bist <bdi>{ $person }</bdi> ({ $handle }). Die App sieht nie dein Passwort, und du kannst das jederzeit zurücknehmen.
consent-wants = Sie möchte
consent-website = Sie sagt, sie komme von <bdi>{ $website }</bdi>.
consent-code = Danach bekommst du einen Code zum Kopieren.
consent-goes = Danach geht es weiter zu <strong><bdi>{ $place }</bdi></strong>.
consent-allow = Erlauben
consent-deny = Nicht erlauben
consent-code-title = Dein Code für { $app }
consent-code-lead = Kopiere ihn binnen einer Minute in die App. Er gilt einmal.
consent-trouble = Diese App fragt auf falsche Weise
consent-trouble-lead = Nichts wurde erlaubt, und nichts wurde an die App geschickt. Wer sie macht, muss das in Ordnung bringen.
