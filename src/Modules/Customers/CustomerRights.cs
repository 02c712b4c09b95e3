using Platform.Requests;

namespace Customers;

/// <summary>The rights of the module, one per function.</summary>
public static class CustomerRights
{
    public static readonly Right ShowCustomer = New("show-customer", "Show a customer", "客户信息查询");

    /// <summary>Statements and whole data of other branches' customers, with neither card nor certificate.</summary>
    public static readonly Right SeeOtherBranches = New(
        "see-other-branches",
        "See full data of other branches' customers",
        "查看其他网点客户的完整资料"
    );

    public static readonly IReadOnlyList<Right> All = [ShowCustomer, SeeOtherBranches];

    private static Right New(string function, string en, string zh) => new($"customers.{function}", "customers", en, zh);
}
