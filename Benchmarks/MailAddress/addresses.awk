# Twenty thousand addresses, the same ones each time: kind=plain, or kind=mixed, of every kind and most with findings.

function word(length_, text) {
  text = ""
  while (length_-- > 0) text = text substr("abcdefghijklmnopqrstuvwxyz", int(rand() * 26) + 1, 1)
  return text
}

BEGIN {
  srand(1)
  lines = 20000
  plain = "X.Y@Z.com X@Z.net X.Y@Z.org X@Z.de X.Y@Z.co.uk X@Z.museum X@Z.info X@Y.Z.net"
  mixed = "ann.lee@X.net o'reilly@X.museum a+b@X.Y.org ann@X ann@X.example ann@192.0.2.7 ann@X.c \"ann\"@X.net " \
    "\"a\".X@Y.net \"X .X@Y.net X.@Y.net X..Y@Y.net X,Y@X.net X\\@Y@X.net X@Y@X.net X.Y.net X@ @X.net X@.net X@Y..net " \
    "X@Y.net. X@-Y.net X@Y-.net X@Y_X.net X@Y+X.net (X(Y))X@Y.net X@Y.net(X) X@[192.0.2.1] X@[192.0.2.256] " \
    "X@[IPv6:2001:db8::1] X@[IPv6:1:2:3] X@[2001:db8::1] X@[Y] X@[Y dörte.X@Y.net X@bücher.Y.net 用户X@例え.net " \
    "X@☃.net <X@Y.net> X@Y.net,Y@X.net X)Y@X.net"
  count = split(kind == "plain" ? plain : mixed, shapes, " ")
  for (i = 0; i < 5000; i++) words[i] = word(3 + int(rand() * 10))
  for (i = 0; i < lines; i++) {
    shape = shapes[int(rand() * count) + 1]
    gsub(/X/, words[int(rand() * 5000)], shape)
    gsub(/Y/, words[int(rand() * 5000)], shape)
    gsub(/Z/, words[int(rand() * 5000)], shape)
    print shape
  }
}
