listings-title = Needs and offers
listings-description = What collectives need and what they offer, newest first. Nothing is ranked, nothing is sold.
listings-lead = What is open now, newest first. Nothing is ranked.
listings-only-of = Only those of <a href="{ $url }"><bdi>{ $name }</bdi></a>.
listings-only-tag = Only with <a href="{ $url }"><bdi>#{ $tag }</bdi></a>.
listings-both = Both
listings-needs = Needs
listings-offers = Offers
listings-kind = Of which kind
listings-all-kinds = All kinds
listings-nothing = Nothing is open just now.
listings-none = Nothing open fits. <a href="/listings">Show everything</a>, or look among the <a href="/collectives">collectives</a>.
listing-signed-by = signed by <a href="{ $url }"><bdi>{ $name }</bdi></a>
listing-elsewhere = This listing lives on <a href="{ $url }" rel="noopener">{ $host }</a>. Here you see what has reached us.
listing-on-behalf-of = On behalf of <bdi>{ $name }</bdi>
listing-posted = Posted { $day }
listing-changed = changed { $day }
listing-this = this listing
listing-glance = At a glance
listing-tags = Tags
listing-where = Where
listing-when = When
listing-how = How
listing-until = Stands until
listing-licence = Licence of the text
listing-poster = As a poster, to print
listing-answers =
    { $number ->
        [0] No answer yet
        [one] 1 answer
       *[other] { $number } answers
    }
listing-more-answers = More answers
listing-first-answers = First answers
listing-why-open = Why open the thread again, for your log
listing-why-close = Why close the thread, for your log
listing-open-thread = Take answers again
listing-close-thread = Take no more answers
listing-report = Report this listing
reply-private = Not public
reply-voice = Voice of the collective
reply-to = to <a href="#{ $anchor }"><bdi>{ $name }</bdi></a>
reply-this = this answer
reply-answer = Answer<span class="vh"> { $name }</span>
reply-original = Original<span class="vh"> on { $host }</span>
reply-moderate = Look after it<span class="vh">: { $name }</span>
reply-moderate-hidden = Look after it
reply-report = Report<span class="vh"> { $name }</span>
reply-delete = Delete<span class="vh"> this answer</span>
reply-hidden = The collective has hidden this answer.
reply-deleted = This answer was deleted.
answer-title = Answer
answer-to = Answer <bdi>{ $name }</bdi>
answer-text = Your answer
answer-who = Who speaks?
answer-as-you = You, <bdi>{ $name }</bdi>
answer-as-voice = The voice of <bdi>{ $name }</bdi>, without your name
answer-send = Send the answer
answer-elsewhere = Answer from your own server
answer-elsewhere-button = Go to my server
answer-elsewhere-copy = Or copy this address into the search box of your server (Mastodon, Lemmy, Friendica …) and answer there.
answer-sign-in = Have an account here? <a href="{ $url }">Sign in</a> and answer on this page.
answer-not-yet = Answers come once it is published.
answer-locked = This thread is closed: it takes no more answers.
poster-title = Poster: { $title }
poster-back = Back to the listing
poster-answer = Answer with the code, or at this address, from any server of the fediverse:
post-by = A post by
post-in = in <a href="{ $url }"><bdi>{ $name }</bdi></a>
post-about = about <a href="{ $url }"><bdi>{ $title }</bdi></a>
post-this = this post
votes-like = { $likes ->
    [one] like
   *[other] likes
    }: like { $what }
votes-dislike = against: vote against { $what }
votes-liked = { $likes ->
    [one] like for { $what }
   *[other] likes for { $what }
    }
votes-disliked = against { $what }
answer-readers-all = Everybody can read it.
answer-readers-few = Only they and those who speak for your collective can read it.
offer-anything = something, as the two of you agree
offer-up-to = Up to { $amount }. Left empty, it means all of that.
