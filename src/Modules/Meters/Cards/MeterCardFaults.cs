using Meters.Carriers.Cards;

namespace Meters.Cards;

/// <summary>The names of a meter's flags.</summary>
internal static class MeterFlagNames
{
    public static IReadOnlyList<string> Of(MeterFlags flags) =>
        [.. Enum.GetValues<MeterFlags>().Where(f => f != MeterFlags.None && flags.HasFlag(f)).Select(Json.Name)];
}

/// <summary>What is wrong with a card.</summary>
internal static class MeterCardFaults
{
    public const string Blank = "blank";
    public const string Foreign = "foreign";

    public static string KindOf(CardOnCounter card) =>
        card.Image.IsBlank ? Blank
        : card.Header is not { } header ? Foreign
        : Json.Name(header.Kind);

    public static string Title(string kind) =>
        kind switch
        {
            Blank => "空白卡",
            "new" => "新卡",
            "user" => "用户卡",
            "setting" => "设置卡",
            "clear" => "清空卡",
            "zero" => "清零卡",
            "void" => "作废卡",
            _ => "非本系统卡",
        };

    public static IReadOnlyList<string> Of(CardOnCounter card, MeterCardKeys keys)
    {
        var faults = new List<string>();
        if (card.Header is not { } header)
        {
            Add(card.Image.Serial is not null, "header-torn");
            return faults;
        }

        Add(card.Card is null, "not-in-stock");
        Add(card.Card is { } known && known.Kind != header.Kind, "replaced-or-changed");
        Add(card.Card is { SecretRefused: true }, "secret-code-refused");
        Add(card.Card?.UserNumber is { } user && user != header.UserNumber, "user-differs");
        var tool = header.Kind is MeterCardKind.Setting or MeterCardKind.Clear or MeterCardKind.Zero;
        Add(tool && card.Image.Settings(keys) is null, "settings-forged");
        if (header.Kind == MeterCardKind.User)
        {
            foreach (var on in card.Supplies)
            {
                Section(on);
            }

            Add(card.Supplies.Count == 0, "no-open-account");
        }

        return faults;

        void Section(SupplyOnCard on)
        {
            var (section, prefix) = (on.Section, $"sub-meter-{on.Account.SubMeter}-");
            Add(section.Purchase is null, prefix + "purchase-forged");
            Add(section.Copies is PurchaseCopies.OnlyA or PurchaseCopies.OnlyB or PurchaseCopies.Differ, prefix + "purchase-torn");
            Add(section.Purchase is { } p && p.Seq != on.Supply.Seq, prefix + "out-of-step");
            Add(section.Return is { } back && back.Flags.HasFlag(MeterFlags.Tamper), prefix + "tamper");
            Add(section.Return is { } battery && battery.Flags.HasFlag(MeterFlags.LowBattery), prefix + "low-battery");
            Add(on.Account.DomainNumber != header.Domain, prefix + "foreign-area");
        }

        void Add(bool wrong, string code)
        {
            if (wrong)
            {
                faults.Add(code);
            }
        }
    }
}
