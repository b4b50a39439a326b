import FoundationEssentials
import MailAddress

// How many addresses a second the library judges, and that its time grows with the octets and nothing else.
//
//   bench            synthetic plain and mixed addresses, then ten megabytes of what is most laborious
//   bench FILE…      one address a line

/// The best of several runs, in seconds.
func best(of runs: Int, _ body: () -> Void) -> Double {
  let clock = ContinuousClock()
  let durations = (0..<runs).map { _ in clock.measure(body).components }
  return durations.map { Double($0.seconds) + Double($0.attoseconds) / 1e18 }.min() ?? 0
}

func rounded(_ number: Double) -> String { String(Double(Int(number * 100)) / 100) }

func measure(_ name: String, _ text: [UInt8]) {
  let whole = text.span
  var lines: [Range<Int>] = []
  var start = 0
  for index in text.indices where text[index] == 10 {
    lines.append(start..<index)
    start = index + 1
  }
  guard !lines.isEmpty else { return }
  var checker = AddressChecker()
  var valid = 0
  let judging = best(of: 9) {
    valid = 0
    for line in lines where checker.check(whole.extracting(line)) != .invalid { valid += 1 }
  }
  let encoder = AddressJSONEncoder()
  var output: [UInt8] = []
  let writing = best(of: 5) {
    for line in lines {
      checker.check(whole.extracting(line))
      encoder.append(whole.extracting(line), checker.report, to: &output)
      if output.count > 1 << 16 { output.removeAll(keepingCapacity: true) }
    }
  }
  let million = Double(lines.count) / 1e6
  print("\(name): \(lines.count) addresses, \(valid) valid for SMTP")
  print("  judged \(rounded(million / judging)) M/s, judged and written as JSON \(rounded(million / writing)) M/s")
}

/// The same octets ten times over must take ten times as long.
func measureGrowth() {
  var checker = AddressChecker()
  for unit in ["(", "\"", "\\", "@", ".", ":", "\u{301}", "\u{FFFD}", "a.", "a@", "[", "\r\n ", "٠"] {
    for prefix in ["", "a@", "\"", "(", "a@["] {
      let times = [1_000_000, 10_000_000].map { size in
        let octets = Array(unit.utf8)
        var text = Array(prefix.utf8)
        text.reserveCapacity(size + 16)
        while text.count < size { text += octets }
        return best(of: 2) { checker.check(text) }
      }
      let growth = times[1] / max(times[0], 1e-6)
      print(
        "\((prefix + unit).debugDescription): 10 MB in \(rounded(times[1] * 1000)) ms, \(rounded(growth)) times 1 MB")
    }
  }
}

struct Dice {
  var state: UInt64 = 1
  mutating func roll(_ sides: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % sides
  }
}

func word(_ dice: inout Dice, _ length: Int) -> String {
  String(decoding: (0..<length).map { _ in UInt8(97 + dice.roll(26)) }, as: UTF8.self)
}

func plainAddresses() -> [UInt8] {
  var dice = Dice()
  let ends = ["com", "net", "org", "de", "co.uk", "museum", "info"]
  let lines = (0..<200_000).map { _ in
    let local = dice.roll(2) == 0 ? word(&dice, 4 + dice.roll(8)) : word(&dice, 5) + "." + word(&dice, 3 + dice.roll(8))
    return local + "@" + word(&dice, 4 + dice.roll(12)) + "." + ends[dice.roll(ends.count)] + "\n"
  }
  return Array(lines.joined().utf8)
}

/// Addresses of every kind, most of them with findings.
func mixedAddresses() -> [UInt8] {
  let shapes = [
    "ann.lee@X.net", "o'reilly@X.museum", "a+b@X.Y.org", "ann@X", "ann@X.example", "ann@192.0.2.7", "ann@X.c",
    "ann@xn--X-kva.net",
    "\"ann lee\"@X.net", "\"ann\"@X.net", "\"a\".X@Y.net", "\"X", "ann X@Y.net", ".X@Y.net", "X.@Y.net", "X..Y@Y.net",
    "X,Y@X.net", "X\\@Y@X.net", "X@Y@X.net", "X.Y.net", "X@", "@X.net", "X@.net", "X@Y..net", "X@Y.net.", "X@-Y.net",
    "X@Y-.net", "X@Y_X.net", "X@Y+X.net", "X@Y X.net", "X (Y)@X.net", "(X(Y))X@Y.net", "X@Y.net (X)", "X @ Y . net",
    "X@[192.0.2.1]", "X@[192.0.2.256]", "X@[192.0.2]", "X@[IPv6:2001:db8::1]", "X@[IPv6:1:2:3]", "X@[2001:db8::1]",
    "X@[Y]", "X@[Y",
    "dörte.X@Y.net", "X@bücher.Y.net", "用户X@例え.net", "X@☃.net", "X <X@Y.net>", "X@Y.net, Y@X.net", "X)Y@X.net",
    "X[Y]@X.net",
  ]
  var dice = Dice()
  let lines = (0..<200_000).map { _ in
    shapes[dice.roll(shapes.count)].map { letter in
      letter == "X" || letter == "Y" ? word(&dice, 3 + dice.roll(10)) : String(letter)
    }.joined() + "\n"
  }
  return Array(lines.joined().utf8)
}

let files = CommandLine.arguments.dropFirst()
if files.isEmpty {
  measure("plain", plainAddresses())
  measure("mixed", mixedAddresses())
  measureGrowth()
} else {
  for file in files { measure(file, [UInt8](try Data(contentsOf: URL(filePath: file)))) }
}
