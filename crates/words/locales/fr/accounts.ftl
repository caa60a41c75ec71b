login-title = Bon retour
login-who = Identifiant ou courriel
