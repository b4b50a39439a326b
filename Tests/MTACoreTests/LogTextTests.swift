import MTACore
import SMTPSession
import Testing

@Suite("Log lines")
struct LogTextTests {
  @Test(
    "delays have two digits that count, rounded half up",
    arguments: [
      (0, "0"), (4_999, "0"), (5_000, "0.01"), (12_000, "0.01"), (500_000, "0.5"), (996_000, "1"), (1_000_000, "1"),
      (1_250_000, "1.3"), (9_960_000, "10"), (10_400_000, "10"), (10_500_000, "11"), (2_000_000, "2"),
    ])
  func delays(_ microseconds: Int, _ expected: String) {
    #expect(DelayText(beforeQueue: microseconds, inQueue: 0, connecting: 0, sending: 0).parts == "\(expected)/0/0/0")
  }

  @Test("a limit that is reached is told as Postfix's master does")
  func processLimit() {
    #expect(
      LogText.processLimit(service: "smtp", port: 25, 100)
        == "warning: service \"smtp\" (25) has reached its process limit \"100\": "
        + "new clients may experience noticeable delays")
  }

  @Test("a delivery names its recipient, and the original where it differs")
  func delivery() {
    let delays = DelayText(beforeQueue: 20_000, inQueue: 0, connecting: -5, sending: 10_000)
    let outcome = DeliveryOutcome(
      relay: "local", dsn: "2.0.0", status: "sent", text: "delivered to maildir", delays: delays)
    let policy = MTAPolicy(MTAConfiguration())
    let deliveries = policy.deliveries(for: ["BOB@example.com", "alice"].map { ServerRecipient(ServerAddress($0)) })
    #expect(
      deliveries.map { LogText.delivery("4AB", $0, outcome) } == [
        "4AB: to=<BOB@example.com>, relay=local, delay=0.03, delays=0.02/0/0/0.01, dsn=2.0.0, status=sent (delivered to maildir)",
        "4AB: to=<alice@example.com>, orig_to=<alice>, relay=local, delay=0.03, delays=0.02/0/0/0.01, dsn=2.0.0, "
          + "status=sent (delivered to maildir)",
      ])
  }

  @Test("the other lines")
  func others() {
    #expect(LogText.client("4AB", "localhost[127.0.0.1]", login: nil) == "4AB: client=localhost[127.0.0.1]")
    #expect(
      LogText.client("4AB", "x[::1]", login: ("plain", "alice"))
        == "4AB: client=x[::1], sasl_method=plain, sasl_username=alice")
    #expect(LogText.messageID("4AB", "<x@y>") == "4AB: message-id=<x@y>")
    #expect(
      LogText.active("4AB", sender: "a@b", size: 300, recipients: 2)
        == "4AB: from=<a@b>, size=300, nrcpt=2 (queue active)")
    #expect(LogText.removed("4AB") == "4AB: removed")
    #expect(
      LogText.head(MTATime(seconds: 0), host: "mail", service: "smtpd", process: 7)
        == "Jan  1 00:00:00 mail postfix/smtpd[7]: ")
  }

  @Test("queue ids are five digits of microseconds and a number")
  func queueIDs() {
    #expect(QueueID(microseconds: 0xABC, number: 0x1F).description == "00ABC1F")
    #expect(QueueID(microseconds: 999_999, number: 1).description == "F423F1")
  }
}
