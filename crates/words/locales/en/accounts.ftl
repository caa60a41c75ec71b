settings-title = Language and letters
settings-language = Language
settings-language-hint = Of pages and of letters to you.
settings-digest = What is new, by letter
settings-digest-hint = Of those you follow and where you belong. Never empty, and never twice the same.
digest-weekly = Once a week
digest-daily = Once a day
digest-never = Never
settings-letters = What concerns you, by letter
settings-letters-yes = Write to me of answers, offers, and invitations I have not seen; at most once an hour.
settings-always = Letters about your account itself, such as links for a new password, always come.
stop-title = No more letters?
stop-digest = Shall the letters about what is new stop?
stop-notifications = Shall the letters about what concerns you stop?
stop-all = Shall all letters stop but those about your account itself?
stop-button = Yes, stop them
stop-button-all = Stop all of them
stop-done = Done. They stop now.
stop-hint = You can change your mind:
account-title = Your account
account-signed-in = Signed in with
account-signed-in-hint = Browsers, apps, and tokens, and how to end each.
account-two-steps = Two steps to sign in
account-two-steps-on = On: your app is asked for a code.
account-two-steps-off = Off: your password is all it takes.
account-password = Password
account-password-hint = Choose another one.
account-email = E-mail
account-email-yours = <span dir="ltr">{ $email }</span>; only you are shown it.
account-email-none = None: nobody can send you a link for a new password.
account-settings-hint = The language of your pages, and which letters you get.
account-blocks-hint = Muted and blocked, and how to take it back.
account-export = Take everything along
account-export-lead = Your profile, your answers, your needs and offers, and whom you follow, as files that other programs read.
account-export-button = Download everything
account-leave = Leave for good
account-delete = Delete your account
account-your-password = Your password
account-new-password = New password
account-password-rule = 10 characters or more; a short sentence is best.
account-code = Code
security-lead = Something you don’t know? End it, and <a href="/account/password">choose another password</a>.
security-two-on = Signing in takes <a href="/account/two-steps">two steps</a>.
security-two-off = <a href="/account/two-steps">Two steps to sign in</a> keep others out who know your password.
security-browsers = Browsers
security-this = This one
security-since = since { $day }
security-used = , used last { $day }
security-end-others = Sign out all others
security-apps = Apps and tokens
security-no-apps = No app acts for you.
security-app = App
security-token = Token
security-may = What it may do
security-end = End it
two-steps-since = On since { $day }: who knows your password alone does not come in.
two-steps-lead = Your password, and then a code of an app on your phone: who knows the one alone does not come in.
two-steps-codes = Your recovery codes
two-steps-codes-lead = Write them down, or print them, and keep them in a safe place. Each lets you in once when your phone is not at hand. They are shown only now.
two-steps-scan = 1. Show this to your app
two-steps-qr = QR code of the key below
two-steps-no-camera = No camera?
two-steps-open = Open it in an app on this device
two-steps-type = or type this key:
two-steps-confirm = 2. Type the code it shows
two-steps-code-hint = Six digits; a new one every 30 seconds.
two-steps-turn-on = Turn it on
two-steps-change = Change it
two-steps-left =
    { $n ->
        [one] One of your recovery codes is left.
        *[other] { $n } of your recovery codes are left.
    }
two-steps-new-codes = New recovery codes
two-steps-turn-off = Turn it off
two-steps-need-app = You need an app for such codes, such as Aegis, FreeOTP, or that of your password manager.
two-steps-begin = Begin
email-title = Your e-mail address
email-now = Letters go to <span dir="ltr">{ $now }</span> now. We ask there and at the new address; both must say yes.
email-none = Your account has none. We write to the address you choose, and it must say yes.
email-new = New address
email-hint = Only you are shown it.
email-send = Send the letters
email-link-title = Change your address
email-link-lead = Both addresses must say yes, the old one and the new one.
email-link-yes = Yes, change it
email-link-old = The link is older than an hour? <a href="/account/email">Ask for other ones.</a>
password-title = Your password
password-lead = With another password all other browsers, apps, and tokens are signed out.
password-now = Password now
delete-lead = This deletes <span dir="ltr">{ $handle }</span> for good. Nobody can bring it back, we neither.
delete-answers = Your answers, your likes, what you offered, and whom you follow are deleted here, and we ask other servers to delete them too.
delete-listings = What you listed stays with your collectives, without your name.
delete-secrets = Your e-mail address, your password, and all that signs you in are erased.
delete-handle = Nobody ever gets your handle again, you neither.
delete-before = You may want to <a href="/account">download everything</a> before.
delete-code-hint = The newest one of your app, or a recovery code.
delete-yes = Delete my account for good
delete-no = Keep it
join-title = Join
join-heading = Join { $name }
join-closed = New accounts are not given out at the moment. You need none to read, or to answer <a href="/about#follow">from your own server</a>.
join-host = <bdi>{ $host }</bdi> invites you. Choose how you will be called here.
join-invited = You are invited. Choose how you will be called here.
join-by-invitation = Accounts here come with an invitation: ask a collective you belong to for one.
join-lead = A collective of this place looks after each account. Name yours, and say a word about yourself.
join-invitation = Invitation
join-invitation-hint = The word in the link you were given.
join-handle = Handle
join-handle-hint = Small letters, digits and _ . - only. It can’t be changed later.
join-found-as = Others will find you as
join-name = Name
join-name-hint = As others see it; leave it empty to be called by your handle.
join-email-hint = For a link now, and when you forget your password. Nobody sees it.
join-collective = Your collective here
join-collective-hint = Its handle. Those who look after its accounts will answer you.
join-why = Why do you come?
join-why-hint = For those who say yes or no; nobody else reads it.
join-rules = The rules of this place
join-agree = I have read <a href="/about">what this place is for</a>, and keep to it.
join-ask = Ask for an account
join-have = You have an account? <a href="/login">Sign in.</a> No letter came? <a href="/account/reset">Ask for another one.</a>
login-title = Welcome back
login-who = Handle or e-mail
login-forgot = You forgot your password, or no letter came? <a href="/account/reset">Ask for a link.</a>
login-new = New here? <a href="/join">Ask for an account.</a> You need none to read, or to answer <a href="/about#follow">from your own server</a>.
login-code-title = Your code
login-code-lead = The second step: the code that your app shows now.
login-code-hint = Six digits, or a recovery code where your phone is not at hand.
login-code-lost = Neither phone nor recovery codes? <a href="/about#contact">Ask those who keep this place.</a>
confirm-title = Confirm your address
confirm-lead = One press of a button, and we know that the address is yours.
confirm-yes = It is mine
link-old = The link is older than an hour? <a href="/account/reset">Ask for another one.</a>
reset-title = Ask for a new link
reset-lead = For a new password, or to confirm your address. It works for an hour, once.
reset-email-hint = The address of your account.
reset-send = Send the link
reset-none = Your account has no address? Those who look after the accounts of your collective can’t help then; <a href="/about#contact">ask those who keep this place.</a>
new-password-title = Choose a password
new-password-lead = Whoever is signed in to your account is signed out, on all devices.
consent-title = Allow { $app }?
consent-heading = Allow <bdi>{ $app }</bdi> to act for you?
consent-lead = You are <bdi>{ $person }</bdi> ({ $handle }). The app never sees your password, and you can take this back at any time.
consent-wants = It wants to
consent-website = It says it comes from <bdi>{ $website }</bdi>.
consent-code = Afterwards you are shown a code to copy.
consent-goes = Afterwards you are sent to <strong><bdi>{ $place }</bdi></strong>.
consent-allow = Allow
consent-deny = Don’t allow
consent-code-title = Your code for { $app }
consent-code-lead = Copy it into the app within a minute. It works once.
consent-trouble = This app asks in the wrong way
consent-trouble-lead = Nothing was allowed, and nothing was sent to the app. Its makers have to put this right.
accounts-title = Accounts
accounts-title-of = Accounts of { $name }
accounts-lead-of = Of people your collective looks after. Only account managers and stewards see this page.
accounts-lead-all = Of everybody here. Only those who keep this place see this page.
accounts-link = The invitation is made
accounts-link-lead = Hand this address over to whom you invite. It is shown only now.
accounts-waiting = They ask to come in
accounts-asked = asked { $day }
accounts-let-in = Let in
accounts-turn-down = Turn down
accounts-turn-down-why = Why? They will read it.
accounts-unsponsored = Nobody looks after them
accounts-unsponsored-of = They belong to you, and the collective that looked after their account does no more.
accounts-unsponsored-all = The collective that looked after their account does no more. Another one they belong to can.
accounts-take-on = Take them on
accounts-suspended = Suspended
accounts-which = Which accounts
accounts-in-use = In use
accounts-suspended-list = Suspended
accounts-unconfirmed = Not confirmed
accounts-rejected = Turned down
accounts-others = Others
accounts-none = There are none.
accounts-since = since { $day }
accounts-change = Change
accounts-reset = Send a link for a new password<span class="vh"> to { $name }</span>
accounts-why = Why, for the log
accounts-suspend = Suspend<span class="vh"> { $name }</span>
accounts-suspend-two = Suspending takes two: this proposes it, and a second person agrees.
accounts-unsuspend = Let in again<span class="vh"> { $name }</span>
accounts-invite = Invite somebody to have an account
accounts-invite-lead = Whoever comes with the invitation belongs to your collective at once, and your collective looks after their account.
accounts-an-invitation = An invitation
accounts-invitation-left = { $uses ->
    [one] for one person
   *[other] for { $uses } people
    }, until { $day }
accounts-take-back = Take it back
accounts-invite-note = For whom, so that you know it again
accounts-invite-uses = How many may come
accounts-invite-days = For how many days
accounts-invite-make = Make an invitation
accounts-make = Make an account for somebody
accounts-make-lead = They get a letter with a link, and choose their password themselves.
accounts-make-name-hint = As others see it.
accounts-make-email-hint = Nobody is shown it, you neither.
accounts-make-button = Make the account
login-wrong = What you typed doesn’t fit together.
login-unconfirmed = Your address is not confirmed yet: open the link in the letter we sent, or ask for another one below.
login-waiting = Your account waits for the answer of those who look after it. A letter will tell you.
oauth-unknown-app = The app that sent you here is not registered on this server.
oauth-unknown-address = The app wants you to be sent to an address that it has not registered.
oauth-asks-wrongly = What the app asks for can’t be understood: { $what }
oauth-said-no = You said no, and the app was given nothing.
scope-read = read everything you can read
scope-write = do everything you can do
scope-accounts-read = read your account
scope-accounts-write = change your account
scope-collectives-read = read collectives
scope-collectives-write = found and change collectives
scope-memberships-read = read who belongs to your collectives
scope-memberships-write = invite, accept, and leave
scope-listings-read = read needs and offers, your drafts too
scope-listings-write = post and change needs and offers
scope-replies-read = read replies
scope-replies-write = write replies in your name
scope-agreements-read = read what was offered and agreed
scope-agreements-write = offer, accept, and turn down
scope-reactions-write = like and dislike
scope-queue-read = read what waits for the stewards
scope-queue-write = answer what waits for the stewards
scope-follows-read = read whom you follow
scope-follows-write = follow and unfollow
scope-feeds-read = read your feeds
scope-lookup-read = find people and collectives on other servers
scope-search-read = search
scope-searches-read = read the searches you keep
scope-searches-write = keep searches
scope-media-read = read your pictures
scope-media-write = upload pictures
scope-notifications-read = read your notifications
scope-notifications-write = mark notifications as read
scope-blocks-read = read whom you block
scope-blocks-write = block and unblock
scope-mutes-read = read whom you mute
scope-mutes-write = mute and unmute
scope-webhooks-read = read the webhooks of your collectives
scope-webhooks-write = change the webhooks of your collectives
scope-moderation-read = read reports and the moderation log
scope-moderation-write = moderate, and report
scope-admin-read = read what the admins of this server read
scope-admin-write = run this server
