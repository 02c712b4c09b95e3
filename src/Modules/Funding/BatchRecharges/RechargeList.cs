using System.ComponentModel.DataAnnotations.Schema;
using Funding.BatchRecharges.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Tables;

namespace Funding.BatchRecharges;

/// <summary>The state of a recharge list.</summary>
public enum RechargeListState
{
    /// <summary>Its lines are being checked.</summary>
    Checking,

    /// <summary>Rejected with every reason; nothing is booked.</summary>
    Rejected,

    /// <summary>Valid; awaits review.</summary>
    Submitted,

    /// <summary>Voided before review; never posted.</summary>
    Voided,

    /// <summary>Released: the unit's money is reserved for the list.</summary>
    Released,

    /// <summary>The lines are being posted.</summary>
    Posting,

    /// <summary>Every line is posted or failed. The amount of failed lines is back in the unit's account.</summary>
    Finished,

    /// <summary>The submitting branch has retrieved the result.</summary>
    Retrieved,
}

/// <summary>
/// A list of recharges that an organisation hands in as a file (FC-20). Its id is that of its submission's transaction, so its number is the serial
/// number on the receipt. States move under the row's version; its lines, parts of the file and work in the background are rows of their own.
/// </summary>
internal sealed class RechargeList : IVersioned
{
    public const string ContentIndex = "IX_recharge_lists_ContentKey";
    public const int FileNameLength = 120;

    public long Id { get; init; }

    /// <summary>The recharging unit, whose quota account pays.</summary>
    public long CustomerId { get; init; }

    /// <summary>The submitting branch: its lines are booked there.</summary>
    public long BranchId { get; init; }

    /// <summary>The submitter.</summary>
    public long OperatorId { get; init; }

    public DateTime SubmittedAt { get; init; }

    public TableFormat Format { get; init; }

    /// <summary>How the file is laid out, as its reader says; for the result file.</summary>
    public string? Layout { get; set; }

    public string? FileName { get; init; }

    public int FileBytes { get; init; }

    /// <summary>SHA-256 of the file, hex.</summary>
    public required string ContentHash { get; init; }

    /// <summary>
    /// The hash while the list keeps others of the same content out, else null: rejected and voided lists booked nothing and keep nobody out, and one
    /// that was meant to be a repetition says so. The unique index holds when two come at once (FC-20.4).
    /// </summary>
    public string? ContentKey { get; set; }

    public RechargeListState State { get; set; }

    /// <summary>Which try of the check is writing lines: a process that was thought dead loses by the row's version.</summary>
    public int CheckTries { get; set; }

    public DateTime? CheckStartedAt { get; set; }

    public DateTime? CheckedAt { get; set; }

    /// <summary>Lines checked so far; at the end all of them.</summary>
    public int Lines { get; set; }

    /// <summary>How far the check is in the file, 0 to 100.</summary>
    public int CheckedPercent { get; set; }

    public int BadLines { get; set; }

    /// <summary>The largest line number of the file that is a recharge.</summary>
    public int LastLine { get; set; }

    /// <summary>Fen of all readable lines together.</summary>
    public long Amount { get; set; }

    /// <summary>The fault of the whole file; null if only lines have faults.</summary>
    public string? FaultCode { get; set; }

    public string? FaultEn { get; set; }

    public string? FaultZh { get; set; }

    public int? FaultLine { get; set; }

    /// <summary>The transaction that voided it.</summary>
    public long? VoidedById { get; set; }

    public DateTime? VoidedAt { get; set; }

    /// <summary>The transaction that released it: the unit's money moved into the list's account.</summary>
    public long? ReleasedById { get; set; }

    /// <summary>Who reviewed it.</summary>
    public long? ReleaserId { get; set; }

    public DateTime? ReleasedAt { get; set; }

    public DateTime? PostingStartedAt { get; set; }

    /// <summary>The transaction that ended it: what failed moved back.</summary>
    public long? FinishedById { get; set; }

    public DateTime? FinishedAt { get; set; }

    public int PostedLines { get; set; }

    /// <summary>Fen.</summary>
    public long PostedAmount { get; set; }

    public int FailedLines { get; set; }

    public long? RetrievedById { get; set; }

    public DateTime? RetrievedAt { get; set; }

    public int Version { get; set; }

    /// <summary>Holds the released money until each line is posted or has failed.</summary>
    [NotMapped]
    public AccountRef Account => new(FundingAccounts.RechargeList, Id);

    [NotMapped]
    public string SerialNumber => Platform.Persistence.SerialNumber.Of(Id);

    /// <summary>What a file of the list is called, in its format: its serial number and what tells its files apart.</summary>
    public string OwnFileName(string suffix) => $"{SerialNumber}{suffix}.{Json.Name(Format)}";

    internal sealed class Map : IEntityTypeConfiguration<RechargeList>
    {
        public void Configure(EntityTypeBuilder<RechargeList> builder)
        {
            builder.ToTable("recharge_lists");
            builder.HasKey(l => l.Id);
            builder.Property(l => l.FileName).HasMaxLength(FileNameLength);
            builder.Property(l => l.Layout).HasMaxLength(RechargeListLayout.MaxLength);
            builder.Property(l => l.ContentHash).HasMaxLength(64);
            builder.Property(l => l.ContentKey).HasMaxLength(64);
            builder.Property(l => l.FaultCode).HasMaxLength(LineReason.CodeLength);
            builder.Property(l => l.FaultEn).HasMaxLength(LineReason.TextLength);
            builder.Property(l => l.FaultZh).HasMaxLength(LineReason.TextLength);
            builder.HasIndex(l => l.ContentKey, ContentIndex).IsUnique();
            builder.HasIndex(l => l.ContentHash);
            builder.HasIndex(l => new { l.BranchId, l.Id });
            builder.HasIndex(l => new { l.CustomerId, l.Id });
            builder.HasIndex(l => new { l.State, l.Id });
        }
    }
}

/// <summary>A stretch of a list's file, as it came.</summary>
internal sealed class RechargeListFilePart
{
    public const int MaxBytes = 256 * 1024;

    public long ListId { get; init; }

    /// <summary>0, 1, 2, …</summary>
    public int Number { get; init; }

    public required byte[] Bytes { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<RechargeListFilePart>
    {
        public void Configure(EntityTypeBuilder<RechargeListFilePart> builder)
        {
            builder.ToTable("recharge_list_file_parts");
            builder.HasKey(p => new { p.ListId, p.Number });
        }
    }
}
