import Inventory

/// Reads records as they come in a page.
func readTokens(_ records: String...) throws -> TokenTable { try readTokens(records) }

func readTokens(_ records: [String]) throws -> TokenTable {
  var builder = TokenTableBuilder()
  for record in records {
    var scanner = JSONScanner(Array(record.utf8))
    try builder.append(&scanner)
    try scanner.finish()
  }
  return builder.build()
}

func readToken(_ record: String) throws -> APIToken { try readTokens(record)[0] }

func readKey(_ record: String) throws -> APIKey {
  var scanner = JSONScanner(Array(record.utf8))
  let key = try APIKey(&scanner)
  try scanner.finish()
  return key
}

func readPolicy(_ record: String) throws -> OrganizationPolicy {
  var scanner = JSONScanner(Array(record.utf8))
  let policy = try OrganizationPolicy(&scanner)
  try scanner.finish()
  return policy
}
