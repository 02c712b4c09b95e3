namespace Issuance;

/// <summary>The accounts of a customer whose money is loaded onto cards.</summary>
public static class QuotaOfCustomer
{
    extension(Customer customer)
    {
        /// <summary>The account that payments go into (额度账).</summary>
        public AccountRef Quota => new(IssuanceAccounts.Quota, customer.Id);

        /// <summary>The account that points go into (额度积分).</summary>
        public AccountRef QuotaPoints => new(IssuanceAccounts.QuotaPoints, customer.Id);
    }
}
