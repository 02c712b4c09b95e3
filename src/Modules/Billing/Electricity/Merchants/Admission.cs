namespace Billing.Electricity.Merchants;

/// <summary>The state of an admission.</summary>
public enum AdmissionState
{
    /// <summary>已申请: applied for by the union.</summary>
    Applied,

    /// <summary>已同意: agreed to by the province's business department.</summary>
    Agreed,

    /// <summary>未同意: declined.</summary>
    Declined,

    /// <summary>已开通: opened by the province's parameter desk.</summary>
    Open,

    /// <summary>已关闭: closed. New collections are refused; reversals and reconciliation go on.</summary>
    Closed,
}

/// <summary>
/// 准入 (4690): the right of a union's branches to collect for a merchant. Applied for, agreed to and opened by three persons (EB-01.5).
/// </summary>
internal sealed class Admission : IVersioned
{
    public const string PlaceIndex = "IX_electricity_admissions_MerchantCode_UnionId";

    public long Id { get; init; }

    public required string MerchantCode { get; init; }

    /// <summary>机构: the union.</summary>
    public long UnionId { get; init; }

    /// <summary>商户行业.</summary>
    public required string Industry { get; set; }

    /// <summary>商户简称.</summary>
    public required string ShortName { get; set; }

    public required string BusinessKind { get; set; }

    public BusinessMode Mode { get; set; }

    /// <summary>地区码: four digits.</summary>
    public required string AreaCode { get; set; }

    public AdmissionState State { get; set; }

    public DateOnly? EffectiveFrom { get; set; }

    public long AppliedBy { get; set; }

    public long? DecidedBy { get; set; }

    public long? OpenedBy { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<Admission>
    {
        public void Configure(EntityTypeBuilder<Admission> builder)
        {
            builder.ToTable("electricity_admissions");
            builder.HasKey(a => a.Id);
            builder.Property(a => a.MerchantCode).HasMaxLength(4);
            builder.Property(a => a.Industry).HasMaxLength(ElectricityLimits.Number);
            builder.Property(a => a.ShortName).HasMaxLength(ElectricityLimits.Name);
            builder.Property(a => a.BusinessKind).HasMaxLength(ElectricityLimits.Number);
            builder.Property(a => a.AreaCode).HasMaxLength(6);
            builder.HasIndex(a => new { a.MerchantCode, a.UnionId }, PlaceIndex).IsUnique();
        }
    }
}

/// <summary>Is a business open for a union today (EB-01.3)?</summary>
internal sealed class Admissions(AppDb db, TimeProvider clock)
{
    /// <summary>A refusal when the unit's union may not do this kind of business for it.</summary>
    public async Task<Refusal?> Refuse(AccountingUnit unit, BusinessMode mode, CancellationToken ct) =>
        (await Admit(unit, mode, ct)).Refusal;

    /// <summary>
    /// The same for a decision that takes money: its booking holds the admission open, so that closing it stops collection at once.
    /// </summary>
    public async Task<Outcome<HeldAdmission>> Admit(AccountingUnit unit, BusinessMode mode, CancellationToken ct)
    {
        if (!unit.Admits(mode))
        {
            return new ModeNotAdmitted(mode);
        }

        var admission = await db.Set<Admission>()
            .SingleOrDefaultAsync(a => a.MerchantCode == unit.MerchantCode && a.UnionId == unit.UnionId, ct);
        var today = ChinaCalendar.Today(clock);
        return admission is not { State: AdmissionState.Open } || admission.EffectiveFrom > today ? new AdmissionNotOpen()
            : admission.Mode != BusinessMode.Both && admission.Mode != mode ? new ModeNotAdmitted(mode)
            : new HeldAdmission(Premise.Held<Admission>(admission.Id, admission.Version));
    }
}

/// <summary>That a business is open, as a booking holds it.</summary>
internal sealed record HeldAdmission(Premise Premise);

/// <summary>The business is not open for the union.</summary>
public sealed record AdmissionNotOpen()
    : Refusal("admission-not-open", 409, "The business is not open for this union.", "该联社未开通此代收业务。");

/// <summary>The way of collecting is not admitted.</summary>
/// <param name="Mode">The way that is not admitted.</param>
public sealed record ModeNotAdmitted(BusinessMode Mode)
    : Refusal(
        "mode-not-admitted",
        409,
        $"The business mode {Json.Name(Mode)} is not admitted.",
        $"未准入该业务方式（{(Mode == BusinessMode.Online ? "联机" : Mode == BusinessMode.Batch ? "批量" : "两者都有")}）。"
    );
