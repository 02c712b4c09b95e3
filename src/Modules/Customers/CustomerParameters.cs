using Platform.Parameters;

namespace Customers;

/// <summary>The parameters of customers.</summary>
public static class CustomerParameters
{
    public static readonly Parameter LookUpsPerMinute = new(
        "look-ups-per-minute",
        ParameterUnit.Count,
        30,
        1,
        10_000,
        "Look-ups of other branches' customers and of unknown numbers, for each operator and minute",
        "每操作员每分钟查询其他网点客户及未知号码次数"
    );

    internal static readonly IReadOnlyList<Parameter> All = [LookUpsPerMinute];
}
