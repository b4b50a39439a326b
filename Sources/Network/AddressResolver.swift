import Dispatch
import Glibc
import NIOCore

/// Finds the addresses of a host, in the order in which the system would have them tried.
struct AddressResolver {
  let loop: any EventLoop

  /// Addresses, or why there are none. The look-up runs on a thread of its own; at the deadline it is left to itself.
  func resolve(
    _ host: String, port: Int, until deadline: ContinuousClock.Instant
  ) async -> Result<[SocketAddress], ConnectFailureReason> {
    if let address = try? SocketAddress(ipAddress: host, port: port) { return .success([address]) }
    guard !host.isEmpty, !host.utf8.contains(0) else { return .failure(ConnectFailureReason(kind: .unknownHost)) }
    let pending = PendingResolution(loop)
    return await loop.wait { [loop] wait in
      pending.value.wait = wait
      if wait.ticket.isCancelled { return pending.value.end(.cancelled) }
      wait.atDeadline(deadline, on: loop) { pending.value.end(.timedOut) }
      DispatchQueue(label: "look-up").async {
        let found = Self.lookUp(host, port)
        loop.execute { pending.value.wait?.end(found) }
      }
    } cancel: { _ in
      pending.value.end(.cancelled)
    }
  }

  private static func lookUp(_ host: String, _ port: Int) -> Result<[SocketAddress], ConnectFailureReason> {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, String(port), &hints, &list)
    defer { if let list { freeaddrinfo(list) } }
    guard code == 0 else { return .failure(ConnectFailureReason(kind: kind(code))) }
    let addresses = sequence(first: list, next: { $0?.pointee.ai_next }).compactMap { address($0?.pointee, host) }
    return addresses.isEmpty ? .failure(ConnectFailureReason(kind: .unknownHost)) : .success(addresses)
  }

  private static func kind(_ code: Int32) -> ConnectFailure.Kind {
    code == EAI_AGAIN || code == EAI_SYSTEM || code == EAI_MEMORY ? .lookupFailed : .unknownHost
  }

  private static func address(_ entry: addrinfo?, _ host: String) -> SocketAddress? {
    guard let entry, let pointer = UnsafeRawPointer(entry.ai_addr) else { return nil }
    return switch entry.ai_family {
    case AF_INET: SocketAddress(pointer.loadUnaligned(as: sockaddr_in.self), host: host)
    case AF_INET6: SocketAddress(pointer.loadUnaligned(as: sockaddr_in6.self), host: host)
    default: nil
    }
  }
}

/// Why there is no address.
struct ConnectFailureReason: Error {
  let kind: ConnectFailure.Kind
}

/// A look-up that somebody waits for.
private struct PendingResolution: Sendable {
  final class State {
    var wait: LoopWait<Result<[SocketAddress], ConnectFailureReason>>?

    func end(_ kind: ConnectFailure.Kind) { wait?.end(.failure(ConnectFailureReason(kind: kind))) }
  }

  private let state: NIOLoopBoundBox<State?>

  init(_ loop: any EventLoop) { state = .makeEmptyBox(eventLoop: loop) }

  /// To be used on the loop only.
  var value: State {
    if let present = state.value { return present }
    let made = State()
    state.value = made
    return made
  }
}
