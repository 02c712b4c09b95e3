using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Documents;

/// <summary>The paper size of a document.</summary>
public enum Paper
{
    /// <summary>A5 landscape (210 × 148 mm): vouchers and receipts.</summary>
    Slip,

    /// <summary>A4 portrait (210 × 297 mm): forms and lists.</summary>
    Form,
}

/// <summary>The branch and the operators of a transaction, as printed on its documents.</summary>
/// <param name="BranchCode">Eight digits.</param>
/// <param name="BranchName">The branch's name.</param>
/// <param name="OperatorLogin">The operator's login.</param>
/// <param name="OperatorName">The operator's name.</param>
/// <param name="ApproverLogin">The approver's login; null without an approval.</param>
/// <param name="ApproverName">The approver's name; null without an approval.</param>
/// <param name="Company">The company on the document; null if none is set.</param>
public sealed record DocumentHead(
    string BranchCode,
    string BranchName,
    string OperatorLogin,
    string OperatorName,
    string? ApproverLogin = null,
    string? ApproverName = null,
    DocumentCompany? Company = null
);

/// <summary>The company on a document.</summary>
/// <param name="Name">Its name; null where none is set.</param>
/// <param name="Address">Its address; null where none is set.</param>
/// <param name="Phone">Its telephone number; null where none is set.</param>
/// <param name="TaxNumber">Its tax number; null where none is set.</param>
/// <param name="Logo">As a data address, for pages only; null where none is set.</param>
public sealed record DocumentCompany(string? Name, string? Address, string? Phone, string? TaxNumber, [property: JsonIgnore] string? Logo);

/// <summary>
/// What stands on a document, computed from rows when it is asked for: what a kind's component shows, and what a client that asks for JSON gets.
/// </summary>
/// <param name="Head">Branch, operator, approver.</param>
/// <param name="Amount">Fen: the amount that the document is about; never negative.</param>
public abstract record DocumentData([property: JsonIgnore] DocumentHead Head, long Amount)
{
    /// <summary>The amount in Chinese capitals (大写), with 人民币 before it.</summary>
    [JsonPropertyOrder(1)]
    public string AmountInCapitals => $"人民币{ChineseCapitals.Of(Amount)}";

    /// <summary>Does it show certificate numbers or phones whole to its reader? Showing it is then recorded (PL-06.31).</summary>
    [JsonIgnore]
    public bool ShowsPersonalData { get; init; }
}

/// <summary>What a kind's loader is asked with.</summary>
/// <param name="Transaction">The transaction the document is of.</param>
/// <param name="Reader">Who will see it; null when only the verification page asks, which shows no personal data.</param>
public sealed record DocumentRequest(AppDb Db, Transaction Transaction, Caller? Reader);

/// <summary>Computes a document's data; null when this transaction has no such document.</summary>
public delegate Task<DocumentData?> DocumentLoader(DocumentRequest request, CancellationToken ct);

/// <summary>
/// A kind of document that a module offers (PL-05.1). The types of transaction say which of them have it (<see cref="TransactionType.Papers"/>).
/// Documents are computed from rows on demand: what books writes none, and a document can always be had again.
/// </summary>
/// <param name="Name">A stable name for addresses, such as <c>advance-receipt</c>; at most 40 characters.</param>
/// <param name="Zh">The Chinese title.</param>
/// <param name="En">The title under it.</param>
/// <param name="Paper">The paper size.</param>
/// <param name="Component">The Razor component that shows it; a <see cref="DocumentComponent{TData}"/>.</param>
/// <param name="Load">Computes its data.</param>
public sealed record DocumentKind(string Name, string Zh, string En, Paper Paper, Type Component, DocumentLoader Load);

/// <summary>Brings a module's documents.</summary>
public static class DocumentRegistration
{
    public static IServiceCollection AddDocument(this IServiceCollection services, DocumentKind kind) => services.AddSingleton(kind);
}
