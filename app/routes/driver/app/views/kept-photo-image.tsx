import { useEffect, useState } from "react";
import { readPhoto } from "../phone/phone-database.client";

/** A photo as it is kept on this phone. */
export function KeptPhotoImage({ id, alt }: { id: string; alt: string }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let isGone = false;
    void readPhoto(id).then((photo) => {
      if (!photo || isGone) return;
      made = URL.createObjectURL(photo.content);
      setUrl(made);
    });
    return () => {
      isGone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [id]);
  return url ? (
    <img src={url} alt={alt} className="aspect-square w-full rounded-corner object-cover" />
  ) : (
    <span className="aspect-square w-full rounded-corner bg-hover" />
  );
}
