using Funding.Allocations;

namespace Funding;

/// <summary>The largest amounts and numbers this module takes.</summary>
internal static class Limits
{
    /// <summary>Fen of one collection, allocation line or return: 1,000,000.00 yuan.</summary>
    public const long CollectionFen = 100_000_000;

    /// <summary>Points of one line.</summary>
    public const long Points = 1_000_000_000;

    public const int ReferenceNumber = 40;
    public const int Remark = 200;
    public const int InvoiceNumber = 20;
    public const int ContractCode = 20;
    public const int AllocationLines = 200;
    public const int TemplateName = 40;

    /// <summary>Templates of one customer.</summary>
    public const int Templates = 100;

    /// <summary>Cards of one customer whose holdings an answer looks at.</summary>
    public const int CardsShown = 1_000;
}
