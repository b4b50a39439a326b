import CursesTerminal
import Dialogue
import Failures
import ReferenceMTA
import SASL
import SMTPClient
import SMTPSession
import SMTPWire
import Sessions
import Synchronization
import TLSEngine
import Workbench

/// The workbench's sessions: one at a time, and the reference MTA that runs beside them.
@UI final class WorkbenchSessions {
  /// What is to be done in the session, one after the other.
  enum Order: Sendable {
    case lines([OutgoingLine])
    case message([UInt8])
    case authentication(String, Credentials, allowsPlaintext: Bool)
    case disconnect
  }

  /// Credentials that were found for a host before there was a session.
  struct Known: Sendable {
    let host: String
    let found: CredentialOptions.Found
  }

  let options: ConnectionOptions
  private let login: CredentialOptions
  private let known: Known?
  private let mailbox: WorkbenchMailbox
  private let shelf = SessionShelf()
  private var reference: Task<ReferenceServer?, Never>?
  private var orders: AsyncStream<Order>.Continuation?
  private var answers: AsyncStream<Bool>.Continuation?
  private var session: Task<Void, Never>?

  init(options: ConnectionOptions, login: CredentialOptions, known: Known?, mailbox: WorkbenchMailbox) {
    self.options = options
    self.login = login
    self.known = known
    self.mailbox = mailbox
  }

  /// The targets of the last sessions.
  func recents() -> [RecentTarget] {
    shelf.newest(5).map { entry in
      let day = entry.name.prefix(10)
      let clock = entry.name.dropFirst(11).prefix(4)
      return RecentTarget(
        target: entry.target.hasPrefix("smtp://") ? String(entry.target.dropFirst(7)) : entry.target,
        when: "\(day) \(clock.prefix(2)):\(clock.suffix(2))", outcome: OctetText.readable(Array(entry.outcome.utf8)))
    }
  }

  /// Starts the reference MTA and tells how it went.
  func startReference() {
    let mailbox = mailbox
    reference = Task {
      do throws(ReferenceMTAFailure) {
        let server = try await ReferenceServer.start()
        mailbox.post(.reference("up on \(server.target.hostAndPort)"))
        return server
      } catch {
        mailbox.post(.reference(nil))
        mailbox.post(.remark("the reference MTA did not start: \(error.words)", isError: true))
        return nil
      }
    }
  }

  /// Connects; a session that is open ends first.
  func connect(_ request: ConnectionRequest) {
    orders?.finish()
    answers?.finish()
    session?.cancel()
    let (orderStream, orders) = AsyncStream.makeStream(of: Order.self)
    let (answerStream, answers) = AsyncStream.makeStream(of: Bool.self)
    self.orders = orders
    self.answers = answers
    let previous = session
    session = Task {
      await previous?.value
      await self.hold(request, orderStream, answerStream)
    }
  }

  /// Adds an order to the session that is open.
  func send(_ order: Order) { orders?.yield(order) }

  /// Hands the user's decision to the handshake that waits for it.
  func answerCertificate(_ accept: Bool) { answers?.yield(accept) }

  /// Ends the session and waits until its recording is closed.
  func disconnect() async {
    orders?.yield(.disconnect)
    answers?.finish()
    session?.cancel()
    await session?.value
  }

  private func hold(_ request: ConnectionRequest, _ orders: AsyncStream<Order>, _ answers: AsyncStream<Bool>) async {
    guard let (target, authority) = await resolve(request) else { return }
    let recorder = request.record ? recorder(target) : nil
    let identity = SessionIdentity(
      title: target.hostAndPort, isReference: authority != nil,
      recording: recorder?.path.split(separator: "/").last.map(String.init),
      isSecured: target.scheme == .smtps)
    mailbox.post(.began(identity))
    if authority == nil { tellCredentials(target.host) }
    let mailbox = mailbox
    var options = conversationOptions(request, authority, answers)
    if let recorder { options.onUnfinishedLine = { recorder.recordUnfinished($0) } }
    let runner = LiveSessionRunner(target: target, options: options) {
      events in
      recorder?.record(events)
      mailbox.post(events.map { .event($0) })
    }
    let obeying = Task { await Self.obey(orders, runner, mailbox) }
    let failure = await runner.run()
    obeying.cancel()
    mailbox.post(.ended(failure.flatMap { $0.name == .cancelled ? nil : "\($0.name): \($0.summary)" }))
    if let failure = recorder?.failure { mailbox.post(.remark("recording: \(failure.words)", isError: true)) }
    mailbox.post(.recents(recents()))
  }

  /// Tells what is known of the user at a host; no command is run while the screen is taken.
  private func tellCredentials(_ host: String) {
    do throws(CredentialFailure) {
      var found = known?.host == host ? known?.found : nil
      if found == nil { found = try login.find(host: host, runsCommands: false) }
      guard let found else { return }
      mailbox.post(.credentials(found.credentials, source: found.source))
    } catch {
      mailbox.post(.remark("\(error.name): \(error.words)", isError: true))
    }
  }

  private static func obey(_ orders: AsyncStream<Order>, _ runner: LiveSessionRunner, _ mailbox: WorkbenchMailbox) async
  {
    for await order in orders {
      do throws(SessionFailure) {
        switch order {
        case .lines(let lines): try await runner.send(lines)
        case .message(let text): try await runner.send(.octets(text))
        case .authentication(let mechanism, let credentials, let allowsPlaintext):
          try await runner.authenticate(mechanism: mechanism, credentials, allowsPlaintext: allowsPlaintext)
        case .disconnect: await runner.disconnect()
        }
      } catch {
        mailbox.post(.remark("\(error.name): \(error.summary)", isError: true))
      }
    }
  }

  private func resolve(_ request: ConnectionRequest) async -> (Target, authority: String?)? {
    if request.target == "ref" {
      guard let server = await reference?.value else {
        mailbox.post(.remark("the reference MTA is not running", isError: true))
        return nil
      }
      return (request.tlsOnConnect ? server.implicitTLSTarget : server.target, server.authority)
    }
    do {
      var target = try Target(request.target)
      if request.tlsOnConnect { target.scheme = .smtps }
      let isReference = await reference?.value.map { $0.target == target || $0.implicitTLSTarget == target } ?? false
      return (target, isReference ? await reference?.value?.authority : nil)
    } catch {
      mailbox.post(.remark("\(request.target): \(error.message)", isError: true))
      return nil
    }
  }

  private func recorder(_ target: Target) -> DialogueRecorder? {
    do {
      let path = options.record ?? shelf.newPath(host: target.host)
      return try DialogueRecorder(path: path, target: "\(target)", clock: CalendarTime.now.text)
    } catch {
      mailbox.post(.remark("no recording: \(error.words)", isError: true))
      return nil
    }
  }

  private func conversationOptions(
    _ request: ConnectionRequest, _ authority: String?, _ answers: AsyncStream<Bool>
  ) -> ConversationOptions {
    var options = options.conversationOptions(authority: authority)
    options.endsOnInjection = false
    let mailbox = mailbox
    let mustVerify = request.verify && !self.options.insecure
    options.trustDecision = { _, failures in
      guard mustVerify, let first = failures.first else { return true }
      mailbox.post(.certificateRefused(name: first.name, words: first.words))
      for await answer in answers { return answer }
      return false
    }
    return options
  }
}
