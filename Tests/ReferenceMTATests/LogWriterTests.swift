import Glibc
import Testing

@testable import ReferenceMTA

@Suite("The log")
struct LogWriterTests {
  @Test("lines have Postfix's head and keep their order")
  func lines() async throws {
    let place = Playground()
    defer { place.remove() }
    let log = try LogWriter(.file(place.path + "/log"), hostname: "mail.example.com")
    for number in 1...100 { log.write("line \(number)", service: number == 1 ? "qmgr" : "smtpd") }
    await log.flush()
    let lines = place.read("log").split(separator: "\n")
    #expect(lines.count == 100)
    #expect(lines.first?.hasSuffix(" mail postfix/qmgr[\(getpid())]: line 1") == true)
    #expect(lines.last?.hasSuffix(" mail postfix/smtpd[\(getpid())]: line 100") == true)
  }

  @Test("a log that cannot be opened is a failure")
  func failure() {
    #expect(throws: FileFailure.self) { try LogWriter(.file("/nonexistent/log"), hostname: "h") }
  }
}
