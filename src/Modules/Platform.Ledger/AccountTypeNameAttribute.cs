namespace Platform.Ledger;

/// <summary>A text of a response that is the name of an account type: its description lists those that the modules declare.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AccountTypeNameAttribute : Attribute;
