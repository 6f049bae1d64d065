import Foundation
import TestSupport

/// nginx with TLS, HTTP/2 and compression before a sandbox.
struct Nginx {
  let port: UInt16
  private let folder: TemporaryFolder
  private let program: RunningProgram

  static let path = "/usr/sbin/nginx"

  /// - Parameter certificate: the name of a certificate and its key in the folder of `certificates`.
  init(before url: String, _ certificates: Certificates, certificate: String) async throws {
    port = try freePort()
    folder = try TemporaryFolder()
    let configuration = try folder.write(
      """
      # One process: a worker would outlive its killed master, with what it has open of other tests' programs.
      daemon off;
      master_process off;
      pid nginx.pid;
      error_log error.log;
      events {}
      http {
        log_format requests '$server_protocol $sent_http_content_encoding $request_method $uri';
        access_log access.log requests;
        client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi; scgi_temp_path scgi;
        gzip on; gzip_types application/json; gzip_min_length 100; gzip_proxied any;
        server {
          listen 127.0.0.1:\(port) ssl http2;
          ssl_certificate \(certificates.folder.path(certificate)).pem;
          ssl_certificate_key \(certificates.folder.path(certificate)).key;
          location / { proxy_pass \(url); }
        }
      }

      """, to: "nginx.conf")
    program = try Program(URL(filePath: Self.path)).start(
      ["-p", folder.path, "-e", "error.log", "-c", configuration])
    try await waitForListener(on: port)
  }

  /// `HTTP/2.0 gzip GET /path`, one line a request.
  func requests() throws -> [String] {
    try folder.text("access.log").split(separator: "\n").map(String.init)
  }
}
