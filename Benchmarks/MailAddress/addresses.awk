# Twenty thousand addresses, the same ones each time, from shapes in which X, Y and Z stand for words:
#   awk -v kind=plain -f addresses.awk mixed.shapes    ordinary valid ones
#   awk -f addresses.awk mixed.shapes                   each shape as often as the others
#
# The hundred shapes of mixed.shapes are what a judge meets in test suites and lists of questionable origin, in about
# their shares there: 18 plain, 13 with quoted strings, 15 with comments or white space, 20 with literals, 10 with
# characters no domain has, 5 with those no local part has, 6 with misplaced dots, 6 of a wrong structure, 6 beyond
# ASCII, 1 too long. Two of seven are valid in the envelope.

function word(length_, text) {
  text = ""
  while (length_-- > 0) text = text substr("abcdefghijklmnopqrstuvwxyz", int(rand() * 26) + 1, 1)
  return text
}

{ shapes[++count] = $0 }

END {
  srand(1)
  if (kind == "plain")
    count = split("X.Y@Z.com X@Z.net X.Y@Z.org X@Z.de X.Y@Z.co.uk X@Z.museum X@Z.info X@Y.Z.net", shapes, " ")
  for (i = 0; i < 5000; i++) words[i] = word(3 + int(rand() * 10))
  for (i = 0; i < 20000; i++) {
    shape = shapes[int(rand() * count) + 1]
    gsub(/X/, words[int(rand() * 5000)], shape)
    gsub(/Y/, words[int(rand() * 5000)], shape)
    gsub(/Z/, words[int(rand() * 5000)], shape)
    print shape
  }
}
