queue-title = The queue of { $name }
queue-heading = The queue
queue-lead = What waits for a steward to decide. Nobody else sees this page.
queue-calls = They call you
queue-nothing = Nothing waits. When somebody mentions your collective in public, or posts into it from Lemmy, you will find it here.
queue-pass-on-lead = Pass a post on, and those who follow you from Mastodon and its kin will see it, with its author’s name.
queue-pass-on = Pass it on
queue-put-aside = Put aside
queue-held = Kept apart
queue-held-mentions = { $mentions ->
    [one] One mention
   *[other] { $mentions } mentions
    }
queue-held-hosts = { $hosts ->
    [one] from one new server
   *[other] from { $hosts } new servers
    }
queue-held-lead = That is more than fits your queue at once. Nobody here knows these servers yet.
queue-held-others = and others
queue-held-dismiss = Put all aside
queue-held-accept = Let all into the queue
queue-held-suspend = Suspend these servers
queue-limited = From limited servers
queue-limited-number = { $number ->
    [one] One that nobody was told of
   *[other] { $number } that nobody was told of
    }
queue-passed-on = Passed on
queue-take-back = Take it back
log-title = What stewards of { $name } did
log-heading = What stewards did
log-public = Everybody can read this. Which steward it was is not written here.
log-members = Only members read this. Which steward it was is not written here.
log-nothing = Nothing yet.
reports-title = Reports to { $name }
reports-heading = Reports
reports-lead = Seen by stewards only.
reports-nothing = Nothing waits.
reports-from = { $times ->
    [one] reported by { $server }
   *[other] reported by { $server }, { $times } times
    }
reports-look-after = Look after it
reports-dealt-with = Dealt with
report-title = Report
report-reply = You report an answer of:
report-listing = You report a listing of:
report-actor = You report:
report-who = The stewards whose thread it is and the admins of this server will see it; not who you are.
report-back = Back
report-text = What is wrong
report-text-hint = In your own words.
report-forward = Their own server
report-forward-yes = Tell the moderators of { $host } too. They are not told who reports.
moderate-title = Look after an answer
moderate-back = Back to the thread
moderate-hide = Hide it
moderate-hidden = It is hidden
moderate-hide-lead = It leaves your thread and is passed on no more. On the server of its author it stays: nobody can take it from there.
moderate-hidden-lead = Nobody reads it in your thread.
moderate-why = Why, for the log of your collective
moderate-show = Show it again
moderate-hide-button = Hide the answer
moderate-block = Shut <bdi>{ $name }</bdi> out
moderate-blocked = <bdi>{ $name }</bdi> is shut out
moderate-block-lead = They will neither follow <bdi>{ $name }</bdi> nor answer any more. What they wrote stays.
moderate-blocked-lead = They can neither follow <bdi>{ $name }</bdi> nor answer.
moderate-unblock-button = Let them in again
moderate-block-button = Shut them out
moderate-report = <a href="{ $url }">Report it</a>, to the moderators of its server too.
