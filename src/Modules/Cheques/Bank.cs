using System.Text;

namespace Cheques;

/// <summary>A bank that issues cheques.</summary>
/// <param name="Code" example="102">The bank's code in China's payment systems, 3 digits.</param>
/// <param name="Zh" example="工商银行">The bank's Chinese name, as stored with cheques.</param>
/// <param name="En" example="ICBC">Its name in English.</param>
public sealed record Bank(string Code, string Zh, string En);

/// <summary>
/// The banks whose names are known (FC-31.1). A cheque's bank may be given by code or by either name; a bank that is not listed is taken by its own
/// name. Full-width letters and blanks make no other bank, so that a cheque is taken once.
/// </summary>
internal static class Banks
{
    public static readonly IReadOnlyList<Bank> All =
    [
        new("102", "工商银行", "ICBC"),
        new("103", "农业银行", "Agricultural Bank of China"),
        new("104", "中国银行", "Bank of China"),
        new("105", "建设银行", "China Construction Bank"),
        new("201", "国家开发银行", "China Development Bank"),
        new("202", "中国进出口银行", "Export-Import Bank of China"),
        new("203", "农业发展银行", "Agricultural Development Bank of China"),
        new("301", "交通银行", "Bank of Communications"),
        new("302", "中信银行", "China CITIC Bank"),
        new("303", "光大银行", "China Everbright Bank"),
        new("304", "华夏银行", "Hua Xia Bank"),
        new("305", "民生银行", "China Minsheng Bank"),
        new("306", "广发银行", "China Guangfa Bank"),
        new("307", "平安银行", "Ping An Bank"),
        new("308", "招商银行", "China Merchants Bank"),
        new("309", "兴业银行", "Industrial Bank"),
        new("310", "浦发银行", "SPD Bank"),
        new("315", "恒丰银行", "Hengfeng Bank"),
        new("316", "浙商银行", "China Zheshang Bank"),
        new("318", "渤海银行", "China Bohai Bank"),
        new("403", "邮储银行", "Postal Savings Bank of China"),
    ];

    /// <summary>Longer names that stand on cheques.</summary>
    private static readonly (string Name, string Code)[] s_others =
    [
        ("中国工商银行", "102"),
        ("中国农业银行", "103"),
        ("中国建设银行", "105"),
        ("中国农业发展银行", "203"),
        ("中国光大银行", "303"),
        ("中国民生银行", "305"),
        ("上海浦东发展银行", "310"),
        ("中国邮政储蓄银行", "403"),
        ("邮政储蓄银行", "403"),
    ];

    private static readonly Dictionary<string, string> s_byName = Names();

    /// <summary>The name under which a bank's cheques are kept.</summary>
    public static string Canonical(string given)
    {
        ArgumentNullException.ThrowIfNull(given);
        var words = given.Normalize(NormalizationForm.FormKC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var name = string.Concat(words);
        // Chinese is written without blanks, so one between characters is a slip; between English words it is part of the name.
        return s_byName.TryGetValue(name, out var known) ? known
            : name.Any(IsChinese) ? name
            : string.Join(' ', words);
    }

    private static bool IsChinese(char c) => c >= '\u2E80';

    private static Dictionary<string, string> Names()
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var bank in All)
        {
            names[bank.Code] = bank.Zh;
            names[bank.Zh] = bank.Zh;
            names[bank.En.Replace(" ", "", StringComparison.Ordinal)] = bank.Zh;
        }

        foreach (var (name, code) in s_others)
        {
            names[name] = names[code];
        }

        return names;
    }
}
