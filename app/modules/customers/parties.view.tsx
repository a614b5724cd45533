import type { ShopParty } from "~/modules/organizations/shop-party";
import { AddressBlock } from "~/ui/address-block";
import { Fact } from "~/ui/page";
import type { BillTo } from "./bill-to";

/** Facts of a document: to whom it is billed, and in the customer's portal from whom and where payments go. Without a shop they are of a draft. */
export function PartyFacts({ billTo, shop }: { billTo: BillTo; shop: ShopParty | null }) {
  return (
    <>
      {billTo.address && (
        <Fact term="Billing address">
          <AddressBlock text={billTo.address} />
        </Fact>
      )}
      {billTo.taxId && <Fact term="Customer's tax ID">{billTo.taxId}</Fact>}
      {shop?.address && (
        <Fact term="Shop's address">
          <AddressBlock text={shop.address} />
        </Fact>
      )}
      {shop?.remitTo && (
        <Fact term="Remit to">
          <AddressBlock text={shop.remitTo} />
        </Fact>
      )}
      {shop?.taxId && <Fact term="Shop's tax ID">{shop.taxId}</Fact>}
      {shop?.paymentTerms && (
        <Fact term="Payment terms">
          <AddressBlock text={shop.paymentTerms} />
        </Fact>
      )}
    </>
  );
}
