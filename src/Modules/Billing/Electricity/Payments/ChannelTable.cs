namespace Billing.Electricity.Payments;

/// <summary>What each channel takes, and how files name it.</summary>
internal static class ChannelTable
{
    public static bool TakesCash(CollectionChannel channel) => channel is CollectionChannel.Counter or CollectionChannel.Kiosk;

    /// <summary>01 single cash, 03 batch debit, 04 real-time debit, 05 POS, 08 internet bank, 09 ATM.</summary>
    public static string Mode(CollectionChannel channel, CollectionMethod method) =>
        channel switch
        {
            CollectionChannel.Batch => "03",
            CollectionChannel.PhonePos => "05",
            CollectionChannel.InternetBank or CollectionChannel.MobileBank or CollectionChannel.PhoneBank => "08",
            CollectionChannel.FarmerTerminal or CollectionChannel.Kiosk => "09",
            _ => method == CollectionMethod.Cash ? "01" : "04",
        };

    public static string Zh(CollectionChannel channel) =>
        channel switch
        {
            CollectionChannel.Counter => "柜面",
            CollectionChannel.InternetBank => "网上银行",
            CollectionChannel.MobileBank => "手机银行",
            CollectionChannel.PhonePos => "电话POS",
            CollectionChannel.PhoneBank => "电话银行",
            CollectionChannel.FarmerTerminal => "农民自助服务终端",
            CollectionChannel.Kiosk => "自助缴费机",
            _ => "批量代扣",
        };
}
