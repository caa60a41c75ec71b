notifications-nav = Hinweise
