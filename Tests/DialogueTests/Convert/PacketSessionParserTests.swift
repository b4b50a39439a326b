import SMTPWire
import Testing

@testable import Dialogue

@Suite("PacketSessionParser")
struct PacketSessionParserTests {
  /// A greeting, EHLO in two segments, and a reply.
  private func session(_ builder: CaptureBuilder = CaptureBuilder()) -> CaptureBuilder {
    var builder = builder
    builder.add("", sequence: 99, fromClient: true, flags: CaptureBuilder.syn)
    builder.add("", sequence: 499, fromClient: false, flags: CaptureBuilder.syn | CaptureBuilder.ack)
    builder.add("220 a\r\n", sequence: 500, fromClient: false)
    builder.add("EHL", sequence: 100, fromClient: true)
    builder.add("O b\r\n", sequence: 103, fromClient: true)
    builder.add("250 c\r\n", sequence: 507, fromClient: false)
    builder.add("", sequence: 514, fromClient: false, flags: CaptureBuilder.fin | CaptureBuilder.ack)
    return builder
  }
  private let spoken = ["S: 220 a", "C: EHLO b", "S: 250 c"]

  private func read(_ octets: [UInt8], session: Int? = nil) -> DialogueImport {
    DialogueImporter.read(octets, as: .pcap, session: session)
  }

  @Test(
    "both byte orders, micro- and nanoseconds, each link and both versions of IP",
    arguments: CaptureBuilder.Link.allCases)
  func containers(_ link: CaptureBuilder.Link) {
    for bits in 0..<8 {
      var builder = CaptureBuilder()
      (builder.isBigEndian, builder.isNanoseconds, builder.isIPv6) = (bits & 1 > 0, bits & 2 > 0, bits & 4 > 0)
      builder.link = link
      let file = session(builder)
      for octets in [file.pcap, file.pcapng(resolution: 9), file.pcapng(resolution: 0x8A)] {
        #expect(DialogueImporter.detect(octets) == .pcap)
        let result = read(octets)
        #expect(result.spoken == spoken)
        #expect(result.clock == "2025-11-22T19:33:20.000Z")
        #expect(result.happened.contains("connected \(builder.isIPv6 ? "[2001:db8::c000:201]" : "192.0.2.1"):25"))
        #expect(result.happened.last == "closed by peer")
      }
      #expect(read(file.pcap).events.last?.time == .milliseconds(6))
    }
  }

  @Test("segments out of order, sent again and overlapping are put together")
  func disorder() {
    var builder = CaptureBuilder()
    builder.add("", sequence: 4_294_967_290, fromClient: true, flags: CaptureBuilder.syn)
    let flags = CaptureBuilder.syn | CaptureBuilder.ack
    builder.add("", sequence: 10, fromClient: false, flags: flags, acknowledging: 4_294_967_291)
    builder.add("220 a\r\n", sequence: 11, fromClient: false, acknowledging: 4_294_967_291)
    // The numbers of the client's octets begin again at 0 within its first line.
    builder.add("LO b\r\nNO", sequence: 4_294_967_293, fromClient: true)
    builder.add("OP\r\n", sequence: 5, fromClient: true)
    builder.add("EHLO", sequence: 4_294_967_291, fromClient: true)
    builder.add("EHLO b", sequence: 4_294_967_291, fromClient: true)
    builder.add("P\r\nQUIT\r\n", sequence: 6, fromClient: true)
    #expect(read(builder.pcap).commands == ["EHLO b", "NOOP", "QUIT"])
    #expect(read(builder.pcap).notes == [])
  }

  @Test("octets that were never captured are a remark, and the rest is read")
  func gap() {
    var builder = session()
    builder.add("NOOP\r\n", sequence: 110, fromClient: true)
    #expect(read(builder.pcap).events.map(\.event).contains(.note("2 octets of the client were not captured")))
    #expect(read(builder.pcap).commands == ["EHLO b", "NOOP"])
  }

  @Test("a line within which octets are missing ends there, and is not joined with what comes behind")
  func gapInLine() {
    var builder = CaptureBuilder()
    builder.add("220 a\r\n250-ab", sequence: 1, fromClient: false)
    builder.add("250 c\r\n", sequence: 20, fromClient: false)
    let lines = read(builder.pcap).events.compactMap { event -> WireLine? in
      if case .received(let line) = event.event { line } else { nil }
    }
    #expect(lines == [WireLine("220 a"), WireLine(Array("250-ab".utf8), ending: .none), WireLine("250 c")])
  }

  @Test("a link type that is not known is named")
  func unknownLink() {
    var builder = CaptureBuilder()
    builder.add("220 a\r\n", sequence: 1, fromClient: false)
    var file = builder.pcap
    file[20] = 192
    #expect(read(file).notes == ["the packets are of the link type 192, which is not known here"])
  }

  @Test("from STARTTLS on nothing is read but the number of octets")
  func encrypted() {
    var builder = CaptureBuilder()
    builder.add("220 a\r\n", sequence: 1, fromClient: false)
    builder.add("STARTTLS\r\n", sequence: 1, fromClient: true)
    builder.add("220 go\r\n", sequence: 8, fromClient: false)
    builder.add("\u{16}\u{3}\u{1}abc", sequence: 11, fromClient: true)
    builder.add("\u{16}\u{3}\u{3}abcd\r\n", sequence: 16, fromClient: false)
    let result = read(builder.pcap)
    #expect(result.spoken == ["S: 220 a", "C: STARTTLS", "S: 220 go"])
    #expect(result.notes == ["what was said under TLS cannot be read: 6 octets of the client, 9 of the server"])
  }

  @Test("of several connections the one to a mail port with a greeting is taken, or the one asked for")
  func choice() {
    var builder = CaptureBuilder()
    builder.add("220 ftp\r\n", sequence: 1, fromClient: false, port: 21)
    builder.add("x", sequence: 1, fromClient: true, port: 587)
    builder.add("220 mail\r\n", sequence: 1, fromClient: false, port: 2525)
    #expect(read(builder.pcap).spoken == ["S: 220 mail"])
    #expect(read(builder.pcap, session: 1).spoken == ["S: 220 ftp"])
    #expect(read(builder.pcap).sessions == 3)
    #expect(read(builder.pcap, session: 4).isEmpty)
  }

  @Test("a reset is told by the side that sent it")
  func reset() {
    var builder = CaptureBuilder()
    builder.add("220 a\r\n", sequence: 1, fromClient: false)
    builder.add("", sequence: 8, fromClient: false, flags: CaptureBuilder.reset)
    #expect(read(builder.pcap).happened.last == "reset by peer")
  }

  @Test("a packet of which only the beginning was captured is told")
  func cutPackets() {
    var builder = CaptureBuilder()
    builder.add("220 a\r\n250", sequence: 1, fromClient: false, cut: 3)
    #expect(read(builder.pcap).spoken == ["S: 220 a"])
    #expect(read(builder.pcap).notes.contains("packets were captured in part only"))
    #expect(read(Array(session().pcap.dropLast(5))).notes.contains("the file ends within a packet"))
  }

  @Test("a file that was cut or damaged anywhere is read without harm")
  func damaged() {
    let files = [session().pcap, session().pcapng(resolution: 9)]
    for file in files {
      for count in 0...file.count { _ = read(Array(file[..<count])) }
      var numbers = SeededNumbers(seed: 9)
      for _ in 0..<3000 {
        var octets = file
        for _ in 0..<Int.random(in: 1...8, using: &numbers) {
          octets[Int.random(in: 4..<octets.count, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
        }
        #expect(read(octets).spoken.count <= 10)
      }
    }
  }

  @Test("a flood of segments that come too early does not grow without bounds")
  func flood() {
    var direction = TCPDirection()
    direction.begin(at: 0)
    for number in 1...10_000 { #expect(direction.receive(UInt32(number * 3), [1, 2]) == []) }
    #expect(direction.isOverflown)
    #expect(direction.finish().count <= 2 * TCPDirection.maximumPending)
  }

  @Test("an acknowledgement of what was not captured lets the rest go on")
  func acknowledged() {
    var direction = TCPDirection()
    direction.begin(at: 9)
    #expect(direction.receive(10, [1]) == [.octets([1])])
    direction.acknowledge(15)
    #expect(direction.receive(15, [2]) == [.gap(4), .octets([2])])
  }
}
