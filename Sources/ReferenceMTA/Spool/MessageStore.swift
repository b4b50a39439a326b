import Dispatch
import Glibc
import MTACore
import SMTPSession
import SMTPWire
import Synchronization

/// Composes a message that has come in whole, stores a copy for each recipient, and tells the log, as cleanup, the queue
/// manager and the delivery agents of Postfix do together.
struct MessageStore: Sendable {
  let policy: MTAPolicy
  let mailboxes: MaildirWriter
  let outgoing: MaildirWriter
  let log: LogWriter

  private static let number = Atomic<UInt64>(UInt64(getpid()))
  private static let disk = DispatchQueue(label: "parley.mta.disk", attributes: .concurrent)

  /// Makes a store below a state directory.
  init(policy: MTAPolicy, state: String, log: LogWriter) {
    self.policy = policy
    self.log = log
    mailboxes = MaildirWriter(root: state + "/mail", host: policy.configuration.hostname)
    outgoing = MaildirWriter(root: state, host: policy.configuration.hostname)
  }

  /// An id that no other message has.
  static func nextQueueID(_ time: MTATime) -> String {
    QueueID(microseconds: time.microseconds, number: number.add(1, ordering: .relaxed).newValue).description
  }

  /// Stores a message; the disk has it when the answer is `queued`.
  func store(_ text: [UInt8], _ origin: MessageOrigin, recipients: [ServerRecipient]) async -> ServerAnswer {
    await withCheckedContinuation { continuation in
      // The disk is slow: neither the network's thread nor the tasks' threads wait for it.
      Self.disk.async { continuation.resume(returning: storeNow(text, origin, recipients)) }
    }
  }

  private func storeNow(_ text: [UInt8], _ origin: MessageOrigin, _ recipients: [ServerRecipient]) -> ServerAnswer {
    let configuration = policy.configuration
    let isLocal = configuration.localClients.contains { $0.contains(origin.client.address) }
    let composer = MessageComposer(origin, completesHeader: isLocal, hopLimit: configuration.hopLimit)
    do throws(MessageRefusal) {
      return deliver(try composer.compose(text), origin, policy.deliveries(for: recipients))
    } catch {
      log.write(error.log, service: "cleanup")
      return .refuse(error.reply)
    }
  }

  private func deliver(_ message: ComposedMessage, _ origin: MessageOrigin, _ deliveries: [MTADelivery]) -> ServerAnswer
  {
    let id = origin.queueID
    log.write(LogText.messageID(id, message.messageID), service: "cleanup")
    let active = SystemClock.now
    var files: [String] = []
    for delivery in deliveries {
      do throws(FileFailure) {
        if let file = try put(message, origin, delivery) { files.append(file) }
      } catch {
        for file in files { unlink(file) }
        log.write("warning: \(id): \(error.words)", service: "local")
        return .refuse(Reply(451, "4.3.0 Error: queue file write error"))
      }
    }
    let sender = ServerReplies.printable(origin.sender)
    let size = message.octets.count
    log.write(LogText.active(id, sender: sender, size: size, recipients: deliveries.count), service: "qmgr")
    tell(id, deliveries, arrival: origin.arrival, active: active)
    return .queued(id)
  }

  private func put(_ message: ComposedMessage, _ origin: MessageOrigin, _ delivery: MTADelivery) throws(FileFailure)
    -> String?
  {
    var head = Array("Return-Path: <".utf8) + origin.sender + ">\nX-Original-To: ".utf8 + delivery.original
    head += "\nDelivered-To: ".utf8 + delivery.final + [0x0A]
    for index in head.indices where head[index] < 0x20 && head[index] != 0x0A { head[index] = 0x20 }
    let pieces = [head, message.octets]
    switch delivery.place {
    case .mailbox(let name): return try mailboxes.deliver(pieces, to: name, at: SystemClock.now)
    case .elsewhere: return try outgoing.deliver(pieces, to: "outgoing", at: SystemClock.now)
    case .discard: return nil
    }
  }

  private func tell(_ id: String, _ deliveries: [MTADelivery], arrival: MTATime, active: MTATime) {
    let delays = DelayText(
      beforeQueue: active.microseconds(since: arrival), inQueue: 0, connecting: 0,
      sending: SystemClock.now.microseconds(since: active))
    for delivery in deliveries {
      let isElsewhere = delivery.place == .elsewhere
      let text =
        switch delivery.place {
        case .mailbox: "delivered to maildir"
        case .discard: "discarded"
        case .elsewhere: "deferred transport"
        }
      let outcome = DeliveryOutcome(
        relay: isElsewhere ? "none" : "local", dsn: isElsewhere ? "4.3.2" : "2.0.0",
        status: isElsewhere ? "deferred" : "sent", text: text, delays: delays)
      log.write(LogText.delivery(id, delivery, outcome), service: isElsewhere ? "qmgr" : "local")
    }
    if !deliveries.contains(where: { $0.place == .elsewhere }) { log.write(LogText.removed(id), service: "qmgr") }
  }
}
