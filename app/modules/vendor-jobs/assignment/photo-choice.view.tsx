import { paths } from "~/kernel/paths";
import { photoField } from "./asked-lines";

type Props = { photos: readonly { id: string; name: string }[]; isOn(field: string): boolean };

/** Photos that are on the work order, for the vendor of one job to get. */
export const PhotoChoice = ({ photos, isOn }: Props) => (
  <fieldset className="grid gap-2">
    <legend className="font-semibold">Photos from the work order</legend>
    <div className="grid grid-cols-[repeat(auto-fill,minmax(8rem,1fr))] gap-3">
      {photos.map((photo) => (
        <label key={photo.id} className="grid min-w-0 gap-1">
          <img src={paths.staff.thumbnail(photo.id)} alt="" loading="lazy" className="aspect-4/3 w-full rounded-corner border border-line object-cover" />
          <span className="flex min-h-(--target) min-w-0 items-center gap-2">
            <input type="checkbox" name={photoField(photo.id)} value="on" defaultChecked={isOn(photoField(photo.id))} className="size-4 shrink-0" />
            <span className="truncate" title={photo.name}>
              {photo.name}
            </span>
          </span>
        </label>
      ))}
    </div>
  </fieldset>
);
