notifications-nav = Avis
