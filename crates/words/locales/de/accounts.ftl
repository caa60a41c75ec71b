login-title = Willkommen zurück
login-who = Kennung oder E-Mail
