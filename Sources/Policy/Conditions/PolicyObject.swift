import CEL
import Inventory

/// A policy of the organization as conditions see it: the fields of the API by their own names and nesting.
final class PolicyObject: CEL.Object {
  let policy: OrganizationPolicy

  init(policy: OrganizationPolicy) {
    self.policy = policy
  }

  private enum Name: Int, FieldName {
    case id, type, attributes, problems

    var fieldType: CELType {
      switch self {
      case .id, .type: .string
      case .attributes: .object(PolicyAttributesObject.type.name)
      case .problems: .list(.string)
      }
    }
  }

  static let type = ObjectType("policy", fields: Name.allCases.map { ($0.stringValue, $0.fieldType) })
  var typeName: String { "policy" }

  func field(_ index: Int) -> CEL.Field {
    switch Name(rawValue: index) {
    case .id: .value(.string(policy.id))
    case .type: conditionField(policy.type)
    case .attributes: conditionField(policy.attributes.map { .object(PolicyAttributesObject(attributes: $0)) })
    case .problems: .value(conditionList(policy.problems.map(\.text)))
    case nil: .absent
    }
  }
}

final class PolicyAttributesObject: CEL.Object {
  let attributes: OrganizationPolicy.Attributes

  init(attributes: OrganizationPolicy.Attributes) {
    self.attributes = attributes
  }

  private enum Name: Int, FieldName {
    case type, name, status, rule, resources, createdAt, updatedAt, ownerId

    var fieldType: CELType {
      switch self {
      case .type, .name, .status, .ownerId: .string
      case .rule: .dyn
      case .resources: .list(.object(PolicyResourceObject.type.name))
      case .createdAt, .updatedAt: .timestamp
      }
    }
  }

  static let type = ObjectType("attributes", fields: Name.allCases.map { ($0.stringValue, $0.fieldType) })
  var typeName: String { "attributes" }

  func field(_ index: Int) -> CEL.Field {
    switch Name(rawValue: index) {
    case .type: conditionField(attributes.type)
    case .name: conditionField(attributes.name)
    case .status: conditionField(attributes.status)
    case .rule: conditionField(attributes.rule.map(conditionValue))
    case .resources:
      conditionField(
        attributes.resources.map { .list(ListValue($0.map { .object(PolicyResourceObject(resource: $0)) })) })
    case .createdAt: conditionField(attributes.createdAt)
    case .updatedAt: conditionField(attributes.updatedAt)
    case .ownerId: conditionField(attributes.ownerID)
    case nil: .absent
    }
  }
}

final class PolicyResourceObject: CEL.Object {
  let resource: OrganizationPolicy.Resource

  init(resource: OrganizationPolicy.Resource) {
    self.resource = resource
  }

  private enum Name: Int, FieldName { case id, applicationStatus }

  static let type = ObjectType("resource", fields: Name.allCases.map { ($0.stringValue, .string) })
  var typeName: String { "resource" }

  func field(_ index: Int) -> CEL.Field {
    switch Name(rawValue: index) {
    case .id: conditionField(resource.id)
    case .applicationStatus: conditionField(resource.applicationStatus)
    case nil: .absent
    }
  }
}
