# When something goes wrong: what it is, what to do, a number.

fault-number = Number { $number }
fault-inbox = Back to the inbox
fault-look-again = Look again
fault-malformed = This request makes no sense to us
fault-malformed-do = The link may be incomplete, or the page too old. Go back to the inbox and open it from there.
fault-forbidden = You may not do this
fault-forged = This page was open for too long
fault-forged-do = To be safe, nothing was done. Go back to the page, reload it and try again.
fault-missing = There is nothing here that you may see
fault-missing-do = It may not exist, may have been destroyed, or is not yours to see. If a colleague sent the link, ask whether it was shared with you.
fault-method = This address cannot be opened directly
fault-method-do = It only takes forms. Go back to the page and use it there.
fault-conflict = Somebody else was first
fault-too-large = Too much at once
fault-too-large-do = Send less, or upload attachments one by one, and try again.
fault-invalid = Some of this cannot be taken
fault-too-often = Too often
fault-too-often-do = Try again { $moment }.
fault-ours = Not done, and it is our fault
fault-ours-do = Try again; if it stays, give the administrator the number { $number }.
fault-busy = Too busy right now
fault-busy-do = The system is starting or has too much to do. Try again in a minute; what you wrote is not lost.
