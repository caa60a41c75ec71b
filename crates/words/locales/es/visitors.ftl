home-title = Necesidades y ofrecimientos de colectivos
home-description = Los colectivos dicen qué necesitan y qué pueden dar. Sigue y responde desde cualquier servidor del fediverso.
home-headline = Lo que a una le hace falta, otra lo puede dar.
home-lead = Aquí cooperativas, vecindarios y grupos de base dicen qué necesitan y qué ofrecen: manos, herramientas, locales, saberes, dinero. Nadie vende, a nadie se clasifica, a nadie se vigila.
home-word = <i lang="nah">Tequio</i> es el trabajo que cada cual da por el bien de todas.
home-doors = Cuatro maneras de entrar
home-near = Busca cerca de ti
home-near-hint = Un pueblo o un barrio.
home-find = Buscar
home-map = O mira el mapa
home-see = Mira necesidades y ofrecimientos
home-see-hint = Todo lo abierto, primero lo más nuevo. No hace falta cuenta.
home-start = Crea un colectivo
home-start-hint = Bastan un nombre y unas palabras. Ni cuenta bancaria ni página web.
home-follow = Sigue desde tu propio servidor
home-follow-handle = Con tu cuenta de Mastodon, Lemmy y otros sigues una dirección como <span class="handle" dir="ltr">{ $handle }</span>
home-follow-hint = Con tu cuenta de Mastodon, Lemmy y otros; aquí no necesitas ninguna.
home-newest = Recién llegado
home-all-listings = Ver todo<span class="vh">: necesidades y ofrecimientos</span>
home-nothing = Todavía nada. La primera necesidad, o el primer ofrecimiento, puede ser vuestro.
home-categories = Temas
home-collectives = Algunos colectivos
home-all-collectives = Ver todos<span class="vh"> los colectivos</span>
home-no-collective = Todavía no hay ningún colectivo.
home-start-first = Crea el primero.
directory-words = Con estas palabras
directory-place = Cerca de
directory-radius = A menos de
directory-kilometres = { $number } km
directory-category = Tema
directory-any-category = Todos los temas
directory-show = Mostrar
directory-results = Resultados
directory-all = Ver todo
directory-map = Verlo en el mapa
directory-place-unknown = Nadie aquí ha dicho dónde está «{ $place }», así que hemos buscado lo que lo nombra.
card-where = Dónde:
card-when = Cuándo:
card-how = Cómo:
card-needs =
    { $number ->
        [0] ninguna necesidad abierta
        [one] <b>1</b> necesidad abierta
       *[other] <b>{ $number }</b> necesidades abiertas
    }
card-offers =
    { $number ->
        [0] ningún ofrecimiento abierto
        [one] <b>1</b> ofrecimiento abierto
       *[other] <b>{ $number }</b> ofrecimientos abiertos
    }
near-title = Cerca de { $place }
near-lead = Qué se necesita y se ofrece alrededor de un lugar, hasta donde quienes viven allí han dicho dónde están.
topic-description = Qué necesitan y qué ofrecen los colectivos, primero lo más nuevo.
topic-nothing = Ahora mismo no hay nada abierto aquí.
topic-nobody = No conocemos ningún colectivo aquí.
categories-title = Temas de necesidades y ofrecimientos
tag-description = Necesidades y ofrecimientos marcados con #{ $tag }, primero lo más nuevo.
tag-lead = Lo que está abierto y lleva esta etiqueta, primero lo más nuevo.
tag-narrow = Buscar entre estos
tag-nothing = Ahora mismo nada abierto lleva #{ $tag }. Escríbelo en tu propia necesidad u ofrecimiento y se encontrará aquí.
map-title = Mapa de necesidades y ofrecimientos
map-lead = Qué hay abierto y qué colectivo está dónde.
map-legend = <span class="key need">Necesidades</span> <span class="key offer">ofrecimientos y colectivos</span> <span class="key both">ambos</span>.
map-source = El contorno de la tierra es de Natural Earth y viene de este servidor: nadie más sabe qué miras.
map-closer = Más cerca
map-farther = Más lejos
map-places = Lo mismo en una lista
map-empty = Nadie ha dicho todavía dónde está.
map-blurred = Los puntos están difuminados hasta cerca de un kilómetro: en el mapa no está la puerta de nadie.
map-without-place = Mira también lo que no tiene lugar
interact-title = Sigue o responde desde tu propio servidor
interact-follow = Quieres seguir a <a href="{ $url }"><bdi>{ $name }</bdi></a>.
interact-answer = Quieres responder a <a href="{ $url }"><bdi>{ $name }</bdi></a>.
interact-handle = Tu dirección en el fediverso
interact-handle-hint = Como en tu servidor, por ejemplo @ana@social.example. Le preguntamos el camino una vez y no guardamos nada.
interact-on = Ir a mi servidor
interact-onward = Vamos a { $host }
interact-onward-hint = Tu servidor se abre enseguida. Si no, este botón te lleva.
interact-search = Búscalo en { $host }
interact-search-hint = Tu servidor no dice dónde se sigue y se responde, como tampoco Lemmy. Su buscador lo encuentra; entra allí primero.
interact-go = Abrir { $host }
interact-by-hand = A mano
interact-by-hand-follow = Copia la dirección en el buscador de tu servidor. Si no encuentra nada, prueba con el enlace de debajo.
interact-by-hand-answer = Copia el enlace en el buscador de tu servidor, abre lo que encuentre y responde allí.
interact-how = Cómo va
interact-step-one = Abre <a href="/collectives">un colectivo</a>, o <a href="/listings">una necesidad o un ofrecimiento</a>, y elige «desde tu propio servidor».
interact-step-two = Escribe tu dirección. Buscamos dónde sigue y responde tu servidor.
interact-step-three = Sigue, o responde, allí. Tus palabras llegan aquí.
interact-some = Algunos para empezar
interact-malformed = Eso no es una dirección: tiene la forma @tu@tu.servidor.
interact-unknown = Ese servidor no conoce a nadie con ese nombre. ¿Falta una letra?
interact-unreachable = Ese servidor no ha respondido. Inténtalo dentro de un momento, o hazlo a mano.
interact-blocked = Ese servidor está bloqueado aquí.
interact-odd = No hemos entendido lo que ha respondido ese servidor. Hazlo a mano, por favor.
interact-ours = Algo ha fallado por nuestra parte. Inténtalo dentro de un momento, o hazlo a mano.
person-elsewhere = Vive en <a href="{ $url }" rel="noopener">{ $host }</a>. Aquí ves lo que nos ha llegado.
person-said = Dicho en público
person-nothing = Todavía nada.
person-account = Tu cuenta: correo, contraseña, sesiones, exportación
about-title = Sobre este lugar
about-heading = Sobre { $name }
about-collectives =
    { $number ->
        [one] <b>1</b> colectivo aquí
       *[other] <b>{ $number }</b> colectivos aquí
    }
about-listings =
    { $number ->
        [one] <b>1</b> necesidad u ofrecimiento publicado aquí
       *[other] <b>{ $number }</b> necesidades y ofrecimientos publicados aquí
    }
about-follow = Este lugar habla ActivityPub, como Mastodon, Lemmy, Friendica y muchos otros. Si tienes cuenta en uno de ellos, aquí no necesitas ninguna.
about-follow-one = Copia la dirección de un colectivo, o el enlace de una necesidad o de un ofrecimiento.
about-follow-two = Ponla en el buscador de tu servidor.
about-follow-three = Sigue, o responde, allí. Tus palabras llegan aquí.
about-promises = Qué prometemos
about-promise-time = Ni precio, ni puntos, ni clasificación. Las listas van por orden de tiempo.
about-promise-nobody = Ni publicidad ni terceros que sepan que has estado aquí: nuestras páginas no cargan nada de nadie más.
about-promise-point = El punto que pones en el mapa se difumina antes de que lo sepa nadie fuera de tu colectivo.
about-promise-voice = Lo que un colectivo dice con su voz nunca muestra quién lo escribió.
about-promise-delete = Lo que borras deja de verse aquí, y pedimos a los servidores que lo recibieron que borren su copia. No podemos obligarlos.
about-promise-free = El programa es libre, con licencia AGPL: podéis leerlo, cambiarlo y ponerlo en marcha vosotras mismas.
about-contact = Contacto
about-keepers = Quienes cuidan este lugar: <a href="mailto:{ $address }">{ $address }</a>
about-no-keepers = Quienes cuidan este lugar no han dicho cómo contactar.
map-streets = Muestra las calles
map-streets-hint = Vienen de { $host }, que entonces ve que miras.
