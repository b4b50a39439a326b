import FoundationEssentials
import Glibc
import MailAddress

// How many addresses a second the library judges, and that its time grows with the octets and nothing else.
//
//   bench            ten megabytes of what is most laborious
//   bench FILE…      files with one address a line

/// The best of several runs, in seconds of processor time, so that the machine's other work does not count.
func best(of runs: Int, _ body: () -> Void) -> Double {
  func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
  return (0..<runs).map { _ in
    let start = now()
    body()
    return now() - start
  }.min() ?? 0
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
  let judging = best(of: 30) {
    valid = 0
    for line in lines where checker.check(whole.extracting(line)) != .invalid { valid += 1 }
  }
  let encoder = AddressJSONEncoder()
  var output: [UInt8] = []
  let writing = best(of: 10) {
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

/// The same octets ten times over must take ten times as long: as an address, as a list, and where a list is recovered.
func measureGrowth() {
  measureGrowth("address", behind: ["", "a@", "\"", "(", "a@["]) { text in
    var checker = AddressChecker()
    checker.check(text)
  }
  measureGrowth("list", behind: [""]) { _ = AddressListParser.parse($0) }
  measureGrowth("recovery", behind: [""]) { _ = AddressListRecovery.recover($0) }
}

func measureGrowth(_ kind: String, behind prefixes: [String], _ judge: ([UInt8]) -> Void) {
  let units = ["(", "\"", "\\", "@", ".", ":", "\u{301}", "a.", "a@", "[", "\r\n ", "٠"].map { Array($0.utf8) }
  for unit in units + [[0xFF]] {
    for prefix in prefixes {
      let times = [1_000_000, 10_000_000].map { size in
        var text = Array(prefix.utf8)
        text.reserveCapacity(size + 16)
        while text.count < size { text += unit }
        return best(of: 1) { judge(text) }
      }
      let growth = times[1] / max(times[0], 1e-6)
      let name = (prefix + String(decoding: unit, as: UTF8.self)).debugDescription
      print("\(kind) \(name): 10 MB in \(rounded(times[1] * 1000)) ms, \(rounded(growth)) times 1 MB")
    }
  }
}

for file in CommandLine.arguments.dropFirst() { measure(file, [UInt8](try Data(contentsOf: URL(filePath: file)))) }
if CommandLine.arguments.count == 1 { measureGrowth() }
