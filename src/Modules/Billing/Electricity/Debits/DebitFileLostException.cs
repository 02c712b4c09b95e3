namespace Billing.Electricity.Debits;

/// <summary>Another process has the file.</summary>
internal sealed class DebitFileLostException(string message) : Exception(message);
