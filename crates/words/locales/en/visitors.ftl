home-title = Needs and offers of collectives
home-description = Collectives say what they need and what they can give. Follow and answer from any server of the fediverse.
home-headline = What one of us needs, another can give.
home-lead = Here co-operatives, neighbours and grassroots groups say what they need and what they offer: hands, tools, rooms, knowledge, money. Nobody sells, nobody is ranked, nobody is watched.
home-word = <i lang="nah">Tequio</i> is the work each one gives for the good of all.
home-doors = Four ways in
home-near = Find near you
home-near-hint = A town or a quarter.
home-find = Find
home-map = Or look at the map
home-see = See needs and offers
home-see-hint = All that is open, newest first. No account needed.
home-start = Start a collective
home-start-hint = A name and a few words are enough. No bank account, no website.
home-follow = Follow from your own server
home-follow-handle = With your account on Mastodon, Lemmy and others you follow a handle like <span class="handle" dir="ltr">{ $handle }</span>
home-follow-hint = With your account on Mastodon, Lemmy and others; you need none here.
home-newest = Just arrived
home-all-listings = See all<span class="vh"> needs and offers</span>
home-nothing = Nothing yet. The first need or offer could be yours.
home-categories = Themes
home-collectives = Some collectives
home-all-collectives = See all<span class="vh"> collectives</span>
home-no-collective = No collective yet.
home-start-first = Start the first one.
directory-words = With these words
directory-place = Near
directory-radius = Within
directory-kilometres = { $number } km
directory-category = Theme
directory-any-category = All themes
directory-show = Show
directory-results = Results
directory-all = Show all
directory-map = See it on the map
directory-place-unknown = Nobody here has said where “{ $place }” is, so we looked for what names it.
card-where = Where:
card-when = When:
card-how = How:
card-needs =
    { $number ->
        [0] no open need
        [one] <b>1</b> open need
       *[other] <b>{ $number }</b> open needs
    }
card-offers =
    { $number ->
        [0] no open offer
        [one] <b>1</b> open offer
       *[other] <b>{ $number }</b> open offers
    }
near-title = Near { $place }
near-lead = What is needed and offered around a place, as far as those who live there have said where they are.
topic-description = What collectives need and offer, newest first.
topic-nothing = Nothing open here just now.
topic-nobody = No collective here that we know of.
categories-title = Themes of needs and offers
tag-description = Needs and offers marked with #{ $tag }, newest first.
tag-lead = What is open and marked with this word, newest first.
tag-narrow = Look among these
tag-nothing = Nothing open is marked with #{ $tag } just now. Write it into your own need or offer, and it is found here.
map-title = Map of needs and offers
map-lead = What is open, and which collective is where.
map-legend = <span class="key need">Needs</span> <span class="key offer">offers and collectives</span> <span class="key both">both</span>.
map-source = The outline of the land is from Natural Earth and comes from this server: no one else learns what you look at.
map-closer = Closer
map-farther = Farther away
map-places = The same as a list
map-empty = Nobody has said yet where they are.
map-blurred = Points are blurred to about a kilometre, so nobody’s door is on the map.
map-without-place = See also what has no place
interact-title = Follow or answer from your own server
interact-follow = You want to follow <a href="{ $url }"><bdi>{ $name }</bdi></a>.
interact-answer = You want to answer <a href="{ $url }"><bdi>{ $name }</bdi></a>.
interact-handle = Your handle
interact-handle-hint = As on your own server, like @ana@social.example. We ask that server for the way once, and keep nothing.
interact-on = Go to my server
interact-onward = On to { $host }
interact-onward-hint = Your server opens in a moment. If not, this button leads there.
interact-search = Search on { $host }
interact-search-hint = Your server does not say where it follows and answers, as Lemmy does not. Its search finds this; sign in there first.
interact-go = Open { $host }
interact-by-hand = By hand
interact-by-hand-follow = Copy the handle into the search box of your server. If it finds nothing, take the address below it.
interact-by-hand-answer = Copy the address into the search box of your server, open what it finds, and answer there.
interact-how = How it goes
interact-step-one = Open <a href="/collectives">a collective</a>, or <a href="/listings">a need or an offer</a>, and choose “from your own server”.
interact-step-two = Type your handle. We look up where your server follows and answers.
interact-step-three = Follow, or answer, there. Your words arrive here.
interact-some = Some to begin with
interact-malformed = That is no handle: it looks like @you@your.server.
interact-unknown = That server knows nobody of this name. Is a letter missing?
interact-unreachable = That server did not answer. Try again in a moment, or do it by hand.
interact-blocked = That server is blocked here.
interact-odd = We could not understand what that server answered. Do it by hand, please.
interact-ours = Something broke on our side. Try again in a moment, or do it by hand.
person-elsewhere = Lives on <a href="{ $url }" rel="noopener">{ $host }</a>. Here you see what has reached us.
person-said = Said in public
person-nothing = Nothing yet.
person-account = Your account: address, password, sessions, export
about-title = About this place
about-heading = About { $name }
about-collectives =
    { $number ->
        [one] <b>1</b> collective here
       *[other] <b>{ $number }</b> collectives here
    }
about-listings =
    { $number ->
        [one] <b>1</b> need or offer posted here
       *[other] <b>{ $number }</b> needs and offers posted here
    }
about-follow = This place speaks ActivityPub, like Mastodon, Lemmy, Friendica and many others. If you have an account on one of them you need none here.
about-follow-one = Copy the handle of a collective, or the address of a need or an offer.
about-follow-two = Put it into the search box of your own server.
about-follow-three = Follow, or answer, there. Your words arrive here.
about-promises = What we promise
about-promise-time = No price, no score, no ranking. Lists are ordered by time.
about-promise-nobody = No advertising, and no third party learns that you were here: our pages load nothing from anybody else.
about-promise-point = A point you put on the map is blurred before anybody outside of your collective learns of it.
about-promise-voice = What a collective says with its voice never shows which member wrote it.
about-promise-delete = What you delete is no longer shown here, and the servers we sent it to are asked to delete their copy. We can’t force them.
about-promise-free = The software is free, under the AGPL: you can read it, change it, and run it yourselves.
about-contact = Contact
about-keepers = Those who keep this place: <a href="mailto:{ $address }">{ $address }</a>
about-no-keepers = Those who keep this place have not said how to reach them.
map-streets = Show streets
map-streets-hint = They come from { $host }, which then sees that you look.
