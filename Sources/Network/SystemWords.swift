import Glibc

/// The system's words for an error number.
func systemWords(_ code: Int32) -> String {
  guard code != 0, let text = strerror(code) else { return "unknown error" }
  return String(cString: text)
}
