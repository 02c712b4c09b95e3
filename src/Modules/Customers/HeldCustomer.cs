using Platform.Ledger;

namespace Customers;

/// <summary>Makes bookings about one customer's standing exclude each other.</summary>
public static class HeldCustomer
{
    /// <summary>
    /// Writes the customer's row unchanged, under the version it was read at. A decision that goes by what no account of its own booking shows (a
    /// debt, a closing) holds the row, and so does whatever changes that: of two at once, the later one is decided again.
    /// </summary>
    public static TBooking Holding<TBooking>(this TBooking booking, Customer customer)
        where TBooking : Booking => booking.Update(customer);
}
